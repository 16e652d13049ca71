import {
  decodeAscii,
  decodeLatin,
  decodeUtf16,
  decodeUtf8,
  decodeWindows,
  latinParts,
  WrongCharacterSet,
} from './character-set.js';

/**
 * What HTTP carried as text, by the set that its header declares (`Content-Type: …; charset=…`), else UTF-8, which JSON is in.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.2
 * @throws WrongCharacterSet when the bytes are not in that set, or it is not one that is read here
 */
export function textOf(bytes: Uint8Array, contentType: string | null | undefined): string {
  return decodeBy(declaredSet(contentType) ?? 'utf-8', bytes);
}

/**
 * The same of XML, where a byte order mark comes before the header, and what the text declares of itself (`encoding="…"`) after it.
 * @see https://www.rfc-editor.org/rfc/rfc7303#section-3
 * @throws WrongCharacterSet
 */
export function xmlTextOf(bytes: Uint8Array, contentType: string | null | undefined): string {
  return decodeBy(markedSet(bytes) ?? declaredSet(contentType) ?? setInXml(bytes) ?? 'utf-8', bytes);
}

function declaredSet(contentType: string | null | undefined): string | undefined {
  const found = /;\s*charset\s*=\s*(?:"([^"]*)"|([^;\s"]+))/i.exec(contentType ?? '');
  return found?.[1] ?? found?.[2];
}

function markedSet([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** How far into a text its own declaration is looked for. */
const declarationBytes = 200;

function setInXml(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  const start = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1');
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(start)?.[1];
}

/** Names of the IANA registry and spellings in use. */
function decodeBy(name: string, bytes: Uint8Array): string {
  const plain = name.trim().toLowerCase();
  if (plain === 'utf-8' || plain === 'utf8') return decodeUtf8(bytes);
  if (plain === 'us-ascii' || plain === 'ascii') return decodeAscii(bytes);
  if (plain === 'windows-1252' || plain === 'cp1252') return decodeWindows(bytes);
  if (plain === 'utf-16le' || plain === 'utf-16be')
    return decodeUtf16(bytes, plain === 'utf-16be' ? 'be' : 'le');
  if (plain === 'utf-16') return decodeUtf16(bytes, markedSet(bytes) === 'utf-16le' ? 'le' : 'be');
  const named = ({ latin1: 1, l1: 1, latin9: 15, 'latin-9': 15 } as Record<string, number>)[plain];
  const part = named ?? Number(/^iso[-_]?8859[-_](\d{1,2})(?::\d{4})?$/.exec(plain)?.[1]);
  if (latinParts.includes(part)) return decodeLatin(bytes, part);
  throw new WrongCharacterSet('not a character set that is read here');
}
