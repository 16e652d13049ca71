/** A character set of HL7 table 0211 that a message can be read in. */
export type CharacterSet = {
  /** As table 0211 writes it. */
  readonly name: string;
  readonly decode: (bytes: Buffer) => string;
};

/** The bytes are not what the message says they are (MSH-18): reading on would garble å, ä and ö. */
export class WrongCharacterSet extends Error {
  override readonly name = 'WrongCharacterSet';
}

const latin: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15];

/** The set that a name of table 0211 (or a spelling of it in use) stands for; undefined when it is not one of them. */
export function characterSet(name: string): CharacterSet | undefined {
  const plain = name.trim().toUpperCase();
  if (plain === 'ASCII' || plain === 'US-ASCII') return { name: 'ASCII', decode: decodeAscii };
  if (/^(?:UNICODE )?UTF-?8$/.test(plain) || plain === 'UNICODE')
    return { name: 'UNICODE UTF-8', decode: decodeUtf8 };
  const part = Number(/^(?:ISO[ _-]?)?8859[/-](\d{1,2})$/.exec(plain)?.[1]);
  if (!latin.includes(part)) return undefined;
  return { name: `8859/${part}`, decode: (bytes) => decodeLatin(bytes, part) };
}

function decodeAscii(bytes: Buffer): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new WrongCharacterSet('bytes above ASCII');
  return bytes.toString('latin1');
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new WrongCharacterSet('not valid UTF-8');
  }
}

/** Latin text almost never happens to be valid UTF-8, so when it is, it is UTF-8 that was declared wrongly. */
function decodeLatin(bytes: Buffer, part: number): string {
  if (bytes.some((byte) => byte > 0x7f) && isUtf8(bytes)) throw new WrongCharacterSet('UTF-8, not 8859');
  return part === 1 ? bytes.toString('latin1') : new TextDecoder(`iso-8859-${part}`).decode(bytes);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    decodeUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}
