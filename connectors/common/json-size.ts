import { fewRandomBytes } from '../../src/messaging/contracts/random-bytes.js';

/** What one answer of JSON may hold: objects, lists and values, and names that differ. */
export type JsonBounds = { readonly parts: number; readonly names: number };

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
/** Of this process, so that nobody can make names that count as one. */
const seed = fewRandomBytes(4).readUInt32LE();

/**
 * Whether JSON may be parsed on the event loop, told from its bytes alone. A part costs a fraction of a microsecond; a name that no
 * other object of the answer has costs two, because each makes a new shape of object.
 * @param bytes UTF-8; what is no JSON is counted all the same, and refused by who parses it
 */
export function isParsable(bytes: Buffer, { parts: mostParts, names: mostNames }: JsonBounds): boolean {
  const names = new Set<number>();
  let parts = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = endOfText(bytes, at + 1);
      let next = end + 1;
      while (isSpace(bytes[next])) next += 1;
      if (bytes[next] === colon) names.add(hashOf(bytes, at + 1, end));
      if (names.size > mostNames) return false;
      at = next - 1;
    } else if (byte === 0x2c || byte === 0x7b || byte === 0x5b) {
      parts += 1;
      if (parts > mostParts) return false;
    }
  }
  return true;
}

/** Where the text that begins here ends: at the first quote that no backslash stands before. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from;
  for (; at < bytes.length && bytes[at] !== quote; at += 1) if (bytes[at] === backslash) at += 1;
  return at;
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** FNV-1a. */
function hashOf(bytes: Buffer, from: number, to: number): number {
  let hash = seed;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 16_777_619);
  return hash;
}
