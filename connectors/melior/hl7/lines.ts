/** The segments of a text as lines. They end with CR; systems that write LF or CRLF instead are understood. */
export function splitLines(text: string): readonly string[] {
  const lines = text.includes('\r') ? text.split('\r') : text.split('\n');
  return lines.map((line) => line.replace(/^\n+/, '')).filter((line) => line !== '');
}

/** True when bytes begin with the mark that some systems put before UTF-8. */
export function isUtf8Bom(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
