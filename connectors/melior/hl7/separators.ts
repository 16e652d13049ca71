/** The characters that a message says it is built with (MSH-1, MSH-2). Those it leaves out do not separate or escape anything. */
export type Separators = {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string | undefined;
  readonly subcomponent: string | undefined;
};

/** The bytes or text are not an HL7 v2 message at all. */
export class NotHl7 extends Error {
  override readonly name = 'NotHl7';
}

/** Reads the separators off the first segment; BHS and FHS are built as MSH is. @throws NotHl7 */
export function readSeparators(header: string, name: 'MSH' | 'BHS' | 'FHS' = 'MSH'): Separators {
  const field = header[3];
  if (!header.startsWith(name) || field === undefined || /[A-Za-z0-9\s]/.test(field))
    throw new NotHl7(`no ${name} segment`);
  const encoding = header.slice(4).split(field, 1)[0] ?? '';
  const [component, repetition, escape, subcomponent] = encoding;
  const all = Array.from(field + encoding);
  const usable = encoding.length >= 2 && encoding.length <= 5 && !/[A-Za-z0-9\s]/.test(encoding);
  if (component === undefined || repetition === undefined || !usable || new Set(all).size !== all.length)
    throw new NotHl7('no usable encoding characters');
  return { field, component, repetition, escape, subcomponent };
}

/**
 * Undoes the escapes of HL7 v2 (chapter 2.7): \F\ \S\ \T\ \R\ \E\, \Xdd..\ (bytes in the message's character set), line breaks of
 * formatted text; highlighting is dropped. An escape that is not known, or does not end, stays as it was sent.
 */
export function unescapeText(
  text: string,
  separators: Separators,
  decodeBytes: (bytes: Buffer) => string,
): string {
  const { escape } = separators;
  if (escape === undefined || !text.includes(escape)) return text;
  const parts = text.split(escape);
  let result = parts[0] ?? '';
  for (let at = 1; at < parts.length; at += 1) {
    const code = parts[at] ?? '';
    const meaning = at + 1 < parts.length ? meaningOf(code, separators, decodeBytes) : undefined;
    if (meaning === undefined) {
      result += escape + code;
    } else {
      result += meaning + (parts[at + 1] ?? '');
      at += 1;
    }
  }
  return result;
}

function meaningOf(
  code: string,
  separators: Separators,
  decodeBytes: (bytes: Buffer) => string,
): string | undefined {
  if (code === 'F') return separators.field;
  if (code === 'S') return separators.component;
  if (code === 'R') return separators.repetition;
  if (code === 'E') return separators.escape;
  if (code === 'T') return separators.subcomponent ?? '&';
  if (code === 'H' || code === 'N') return '';
  if (/^\.(?:br|sp\d*|ce)$/i.test(code)) return '\n';
  if (/^X(?:[0-9A-F]{2})+$/i.test(code)) return decodeBytes(Buffer.from(code.slice(1), 'hex'));
  return undefined;
}
