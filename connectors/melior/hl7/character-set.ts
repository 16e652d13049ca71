import {
  decodeAscii,
  decodeLatin,
  decodeUtf8,
  decodeWindows,
  latinParts,
} from '../../../src/wire/character-set.js';

/** A character set of HL7 table 0211 that a message can be read in. */
export type CharacterSet = {
  /** As table 0211 writes it. */
  readonly name: string;
  readonly decode: (bytes: Buffer) => string;
};

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
  if (!latinParts.includes(part)) return undefined;
  return { name: `8859/${part}`, decode: (bytes) => decodeLatin(bytes, part) };
}
