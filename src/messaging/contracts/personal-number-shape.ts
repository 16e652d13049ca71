/** A well-formed UUID is no number, however its digits fall. */
const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/**
 * Year (two or four digits), month, day (60 added in a samordningsnummer), serial; between them what people, and those who
 * want it unseen, write: spaces and hyphens of any kind, points, underscores, slashes, characters without a width.
 */
const separator = String.raw`[-+\s._/‐-―−\p{Cf}\p{Cc}]{0,3}`;
const numbers = new RegExp(
  String.raw`(?<!\d)(?:\d{2})?\d{2}${separator}(\d{2})${separator}(\d{2})${separator}\d{4}(?!\d)`,
  'gu',
);

/** What is put on other characters (accents). */
const marks = /\p{M}+/gu;

/** A decimal digit of any script. */
const foreignDigits = /(?![0-9])\p{Nd}/gu;

/** The value of a decimal digit: Unicode gives each script its ten in a row, and the first begins where no digit stands before it. */
function digitValue(digit: string): string {
  let value = 0;
  const code = digit.codePointAt(0) ?? 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/**
 * A text in plain characters: digits in other shapes (full width, mathematical) and of other scripts become ASCII, and marks are left
 * out, which may hide a digit, and which in great number take Unicode's own reordering the square of their number.
 */
export const inPlainCharacters = (text: string): string =>
  notAscii.test(text)
    ? text.replaceAll(marks, '').normalize('NFKC').replaceAll(foreignDigits, digitValue)
    : text;

const notAscii = /\P{ASCII}/u;

const codesOfUrls = /(?:%[0-9a-f]{2})+/gi;
const codesOfHtml = /&#(?:0{0,6}(\d{1,6})|x0{0,6}([0-9a-f]{1,5}));?/gi;
/** How often codes may be written in codes (`%252D`). */
const mostLayers = 3;

/** A text with the characters that codes of URLs and HTML in it stand for (`%2D`, `&#45;`): they may join digits, or be one. */
export function withoutCodes(text: string): string {
  let plain = text;
  for (let layer = 0; layer < mostLayers && /%|&#/.test(plain); layer += 1)
    plain = plain
      .replaceAll(codesOfUrls, (code) => Buffer.from(code.replaceAll('%', ''), 'hex').toString('utf8'))
      .replaceAll(codesOfHtml, (_, decimal?: string, hex?: string) =>
        String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)),
      );
  return plain;
}

/** Of a number without its century. */
const fewestDigits = 10;

/** Ten digits, or twelve with the century, with anything at all between any two of them, letters too (`3406x12x9829`, `34 06 12 98 29`). */
const disguised = /(?<!\d)(?=((?:\d\D{0,8}){9}\d)(?!\d))/gu;
const disguisedWithCentury = /(?<!\d)(?=((?:1[89]|20)\D{0,8}(?:\d\D{0,8}){9}\d)(?!\d))/gu;
/** Times as FHIR and HL7 v3 write them, with what follows, and long hashes: digits with letters between them, and no number. */
const times =
  /(?<!\d)\d{4}-\d{2}-\d{2}(?:T\d{2}:[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d|\D{0,3}\d{4}(?!\d|-\d{2}-\d{2}))/gi;
const hashes = /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi;

/**
 * Whether a text holds ten or twelve digits that may be a personal number: a plausible date, whatever the check digit; with letters
 * or other things among the digits only where the check digit is right, for ids have such digits too.
 */
export function looksLikePersonalNumber(text: string): boolean {
  // As written too: what a code stands for may take digits away (`%06`).
  return shownAndMeant(text).some(showsNumber);
}

/** A text as it is written and, where it holds codes, as they are meant. */
function shownAndMeant(text: string): readonly string[] {
  const meant = withoutCodes(text);
  return meant === text ? [text] : [text, meant];
}

function showsNumber(text: string): boolean {
  const plain = inPlainCharacters(text).replaceAll(uuids, ' ');
  if (!hasDigits(plain, fewestDigits)) return false;
  for (const [, month, day] of plain.matchAll(numbers)) if (isDay(month, day)) return true;
  // More spaces than may stand between digits: what is taken out joins nothing.
  const rest = plain.replaceAll(times, apart).replaceAll(hashes, apart);
  return [disguised, disguisedWithCentury].some((form) =>
    [...rest.matchAll(form)].some(([, found = '']) => isNumber(found.replaceAll(/\D/g, '').slice(-10))),
  );
}

const apart = ' '.repeat(9);

/** A run with a digit too many, and what is shaped as a UUID but has decimal digits alone where a number would stand in it. */
const withOneMore = /(?<!\d)(?:\d{11}|\d{13})(?!\d)/g;
const inUuid = /(?<![0-9a-f])(\d{8})-(\d{4})-[0-9a-f]{4}-|-((?:1[89]|20)\d{10})(?![0-9a-f])/gi;

/**
 * The same, and forms that ids of the hub's own may have by chance: for what somebody outside chooses and the hub logs or keeps,
 * where a mask too many does no harm. Never for an id by which something is asked for.
 */
export function mayHidePersonalNumber(text: string): boolean {
  if (looksLikePersonalNumber(text)) return true;
  return shownAndMeant(text).some(hidesNumber);
}

function hidesNumber(text: string): boolean {
  const plain = inPlainCharacters(text);
  const runs = [...plain.matchAll(withOneMore)].flatMap(([run]) => windows(run));
  const parts = [...plain.matchAll(inUuid)].map(([, first, second, last]) => last ?? `${first}${second}`);
  return [...runs, ...parts].some((digits) => isNumber(digits.slice(-10)));
}

/** Every ten digits in a row of a run. */
function windows(run: string): readonly string[] {
  return Array.from({ length: run.length - 9 }, (_, start) => run.slice(start, start + 10));
}

/** Whether ten digits are a day with a serial and the right check digit. */
export function isNumber(digits: string): boolean {
  return isDay(digits.slice(2, 4), digits.slice(4, 6)) && hasRightCheckDigit(digits);
}

/** Whether a text has so many digits, wherever they stand. */
export function hasDigits(text: string, count: number): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < count; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) found += 1;
  }
  return found >= count;
}

/** A month, and a day of one; 60 more in a samordningsnummer. */
function isDay(month: string | undefined, day: string | undefined): boolean {
  const [monthNumber, dayNumber] = [Number(month), Number(day)];
  return (
    monthNumber >= 1 &&
    monthNumber <= 12 &&
    ((dayNumber >= 1 && dayNumber <= 31) || (dayNumber >= 61 && dayNumber <= 91))
  );
}

/** Ten digits whose weighted sum (2, 1, 2, 1 …) ends in 0. */
function hasRightCheckDigit(digits: string): boolean {
  const products = Array.from(digits, (digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1));
  return products.reduce((sum, product) => sum + Math.floor(product / 10) + (product % 10), 0) % 10 === 0;
}
