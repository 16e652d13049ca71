/**
 * The segments of a text as lines. They end with CR; systems that write LF or CRLF instead, or now one and now the other, are understood.
 * Where there is a CR, an LF ends a line only before what looks like a segment: any other stands inside a value.
 */
export function splitLines(text: string): readonly string[] {
  const lines = text.includes('\r') ? text.split('\r').flatMap(splitAtSegments) : text.split('\n');
  return lines.map((line) => line.replace(/^\n+/, '')).filter((line) => line !== '');
}

function splitAtSegments(line: string): readonly string[] {
  return line.includes('\n') ? line.split(/\n+(?=[A-Z][A-Z0-9]{2}(?![A-Za-z0-9]))/) : [line];
}

/** True when bytes begin with the mark that some systems put before UTF-8. */
export function isUtf8Bom(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
