import {
  inPlainCharacters,
  isNumber,
  looksLikePersonalNumber,
  withoutCodes,
} from './personal-number-shape.js';

/** Where a text says that digits belong to a date of birth. */
const words =
  /född|föd\b|f\.|sista|siffr|fyra|nummer|numret|\bnr\b|\bpnr\b|personn|pers\.?\s?nr|last four|digits|born/iu;
const birth = String.raw`(?:1[89]|20)?(\d{2})[-./ ]?(\d{2})[-./ ]?(\d{2})`;
/** A date of birth, and within forty characters four digits that are no part of a date, a time or a telephone number; or the other way round. */
const serialAfter = new RegExp(String.raw`(?<!\d)${birth}(?=(\D{1,40})(?<!\d)(\d{4})(?![-+./:]?\d))`, 'gu');
const serialBefore = new RegExp(String.raw`(?<!\d[-./:]?)(\d{4})(?=(\D{1,40})${birth}(?!\d))`, 'gu');
/** How far before the digits such a word may stand. */
const before = 24;

/**
 * Whether what somebody writes freely holds a personal number as people write one: what `looksLikePersonalNumber` knows, and a date of
 * birth with the four last digits somewhere near, digits spelled by letters or by codes of HTML and URLs, and a digit too many. All of
 * these with the right check digit alone, and with words between them only where a word tells what the four digits are: a day and a
 * year, a telephone number or a room stand in such texts too. Never for ids, which have such digits by chance.
 */
export function textHoldsPersonalNumber(text: string): boolean {
  const spelled = spelledOut(inPlainCharacters(withoutCodes(text)));
  return (
    looksLikePersonalNumber(text) ||
    looksLikePersonalNumber(spelled) ||
    holdsBirthAndSerial(spelled) ||
    holdsInLongRun(spelled)
  );
}

function holdsBirthAndSerial(text: string): boolean {
  for (const { 0: found, 1: year, 2: month, 3: day, 4: gap = '', 5: serial, index } of text.matchAll(
    serialAfter,
  ))
    if (isNumber(`${year}${month}${day}${serial}`) && belong(text, index, found, gap)) return true;
  for (const { 0: found, 1: serial, 2: gap = '', 3: year, 4: month, 5: day, index } of text.matchAll(
    serialBefore,
  ))
    if (isNumber(`${year}${month}${day}${serial}`) && belong(text, index, found, gap)) return true;
  return false;
}

const belong = (text: string, at: number, found: string, gap: string): boolean =>
  !/\p{L}/u.test(gap) || words.test(`${text.slice(Math.max(0, at - before), at)}${found}${gap}`);

/** A number with a digit or two too many, and no moment to the second as HL7 writes it. */
const longRuns = /(?<!\d)\d{13,14}(?!\d)/gu;
const moment = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:[0-5]\d){2}$/u;

function holdsInLongRun(text: string): boolean {
  return [...text.matchAll(longRuns)].some(
    ([run]) =>
      !moment.test(run) &&
      Array.from({ length: run.length - 11 }, (_, at) => run.slice(at, at + 12)).some(
        (twelve) => /^(?:1[89]|20)/u.test(twelve) && isNumber(twelve.slice(2)),
      ),
  );
}

/** The text with digits in the place of letters that look like 1 and 0 beside digits. */
function spelledOut(text: string): string {
  return text.replaceAll(/(?<=\d[-+ ]?)[lI|oO]{1,4}|[lI|oO]{1,4}(?=[-+ ]?\d)/gu, (letters) =>
    letters.replaceAll(/[oO]/gu, '0').replaceAll(/[lI|]/gu, '1'),
  );
}
