import type { HsaId } from '../process/vocabulary.js';
import { withheldName } from './directory/directory-view.js';

/**
 * Names of staff in what is stored of a case. The log keeps the name as it was said, and a projection is a function of the log; who
 * may be named is of the moment (decision 34). So a name is stored between marks, with whose it is, and the marks are taken away
 * where an answer leaves: with the name, or without it.
 */

/** Control characters that no text has (ISO 6429: privacy message, string terminator) and JSON does not escape; Latin-1, so that text stays narrow. */
const begin = '\u009e';
const end = '\u009c';
const marked = /\u009e([^|\u009c\u009e]*)\|([^\u009c\u009e]*)\u009c/gu;
const notInside = /[|\u009c\u009e]/gu;

/** The name of somebody of the staff, for any text of a resource; a name that is not marked is shown whatever becomes of the person. */
export const staffName = (person: HsaId, name: string): string =>
  `${begin}${person.replaceAll(notInside, '')}|${name.replaceAll(notInside, '')}${end}`;

/**
 * A text as it may be shown now: marked names stand as they are, or are withheld.
 * @param text any text that holds stored resources, e.g. the JSON of a Bundle
 * @param named whether this person may be named now; asked only where a name is marked
 */
export function withStaffNames(text: string, named: (person: HsaId) => boolean): string {
  if (!text.includes(begin)) return text;
  return text.replaceAll(marked, (_, person: HsaId, name: string) => (named(person) ? name : withheldName));
}
