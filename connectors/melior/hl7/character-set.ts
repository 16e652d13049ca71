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

/** The parts of ISO 8859 that are Latin, and those of table 0211 that are not. */
const parts: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16];

/**
 * The set that a name of table 0211 (or a spelling of it in use) stands for; undefined when it is not one of them. Windows-1252 is
 * not in the table, but it is what systems often send that say 8859/1.
 */
export function characterSet(name: string): CharacterSet | undefined {
  const plain = name.trim().toUpperCase();
  if (plain === 'ASCII' || plain === 'US-ASCII') return { name: 'ASCII', decode: decodeAscii };
  if (/^(?:UNICODE )?UTF-?8$/.test(plain) || plain === 'UNICODE')
    return { name: 'UNICODE UTF-8', decode: decodeUtf8 };
  if (plain === 'WINDOWS-1252' || plain === 'CP1252') return { name: 'WINDOWS-1252', decode: decodeWindows };
  const part = Number(/^(?:ISO[ _-]?)?8859[/-](\d{1,2})$/.exec(plain)?.[1]);
  if (!parts.includes(part)) return undefined;
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

/**
 * No part of ISO 8859 has characters at 80 to 9F; å, ä and ö stand there in the sets of DOS and of the Macintosh, and quotation
 * marks in Windows-1252.
 */
function decodeLatin(bytes: Buffer, part: number): string {
  refuseUtf8(bytes);
  if (bytes.some((byte) => byte >= 0x80 && byte <= 0x9f))
    throw new WrongCharacterSet('bytes that ISO 8859 does not have');
  return part === 1 ? bytes.toString('latin1') : new TextDecoder(`iso-8859-${part}`).decode(bytes);
}

function decodeWindows(bytes: Buffer): string {
  refuseUtf8(bytes);
  if (bytes.some((byte) => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)))
    throw new WrongCharacterSet('bytes that Windows-1252 does not have');
  return new TextDecoder('windows-1252').decode(bytes);
}

/**
 * Latin text almost never happens to be valid UTF-8, so when it is, it is UTF-8 that was declared wrongly. And where only a part is,
 * what å, ä and ö look like then (Ã¥, Ã¤, Ã¶) gives it away.
 */
function refuseUtf8(bytes: Buffer): void {
  if (!bytes.some((byte) => byte > 0x7f)) return;
  const swedish = bytes.some((byte, at) => byte === 0xc3 && [0xa4, 0xa5, 0xb6].includes(bytes[at + 1] ?? 0));
  if (swedish || isUtf8(bytes)) throw new WrongCharacterSet('UTF-8, not Latin');
}

function isUtf8(bytes: Buffer): boolean {
  try {
    decodeUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}
