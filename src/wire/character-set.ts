/** The bytes are not what they are said to be, or in a set that is not read here: reading on would garble å, ä and ö. */
export class WrongCharacterSet extends Error {
  override readonly name = 'WrongCharacterSet';
}

/** The parts of ISO 8859 that are Latin. */
export const latinParts: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16];

/** @throws WrongCharacterSet */
export function decodeAscii(bytes: Uint8Array): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new WrongCharacterSet('bytes above ASCII');
  return Buffer.from(bytes).toString('latin1');
}

/** The text without a byte order mark. @throws WrongCharacterSet */
export const decodeUtf8 = (bytes: Uint8Array): string => decodeStrictly(bytes, 'utf-8');

/** @throws WrongCharacterSet */
export function decodeUtf16(bytes: Uint8Array, order: 'le' | 'be'): string {
  return decodeStrictly(bytes, `utf-16${order}`);
}

/**
 * No part of ISO 8859 has characters at 80 to 9F; å, ä and ö stand there in the sets of DOS and of the Macintosh, and quotation
 * marks in Windows-1252.
 * @throws WrongCharacterSet
 */
export function decodeLatin(bytes: Uint8Array, part: number): string {
  refuseUtf8(bytes);
  if (bytes.some((byte) => byte >= 0x80 && byte <= 0x9f))
    throw new WrongCharacterSet('bytes that ISO 8859 does not have');
  return part === 1
    ? Buffer.from(bytes).toString('latin1')
    : new TextDecoder(`iso-8859-${part}`).decode(bytes);
}

/** @throws WrongCharacterSet */
export function decodeWindows(bytes: Uint8Array): string {
  refuseUtf8(bytes);
  if (bytes.some((byte) => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)))
    throw new WrongCharacterSet('bytes that Windows-1252 does not have');
  return new TextDecoder('windows-1252').decode(bytes);
}

function decodeStrictly(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new WrongCharacterSet(`not valid ${encoding.toUpperCase()}`);
  }
}

/**
 * Latin text almost never happens to be valid UTF-8, so when it is, it is UTF-8 that was declared wrongly. And where only a part is,
 * what å, ä and ö look like then (Ã¥, Ã¤, Ã¶) gives it away.
 */
function refuseUtf8(bytes: Uint8Array): void {
  if (!bytes.some((byte) => byte > 0x7f)) return;
  const swedish = bytes.some((byte, at) => byte === 0xc3 && [0xa4, 0xa5, 0xb6].includes(bytes[at + 1] ?? 0));
  if (swedish || isUtf8(bytes)) throw new WrongCharacterSet('UTF-8, not Latin');
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decodeUtf8(bytes);
    return true;
  } catch {
    return false;
  }
}
