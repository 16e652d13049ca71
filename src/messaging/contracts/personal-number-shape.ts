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

/**
 * A text in plain characters: digits in other shapes (full width, mathematical) become ASCII (NFKC), and marks are left out, which may
 * hide a digit, and which in great number take Unicode's own reordering the square of their number.
 */
export const inPlainCharacters = (text: string): string => text.replaceAll(marks, '').normalize('NFKC');

const notAscii = /\P{ASCII}/u;
/** Of a number without its century. */
const fewestDigits = 10;

/** The same with anything at all between the parts, letters too (`3406x12x9829`). */
const disguised = /(?<!\d)(?:\d{2})?(\d{2})\D{0,3}(\d{2})\D{0,3}(\d{2})\D{0,3}(\d{4})(?!\d)/gu;
/** Times as FHIR and HL7 v3 write them, with what follows, and long hashes: digits with letters between them, and no number. */
const times =
  /\d{4}-\d{2}-\d{2}(?:T\d{2}:[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?!\d|\D{0,3}\d{4}(?!\d|-\d{2}-\d{2}))/gi;
const hashes = /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi;

/**
 * Whether a text holds ten or twelve digits that may be a personal number: a plausible date, whatever the check digit; with letters
 * or other things between the parts only where the check digit is right, for ids have such digits too.
 */
export function looksLikePersonalNumber(text: string): boolean {
  const plain = (notAscii.test(text) ? inPlainCharacters(text) : text).replaceAll(uuids, ' ');
  if (!hasDigits(plain, fewestDigits)) return false;
  for (const [, month, day] of plain.matchAll(numbers)) if (isDay(month, day)) return true;
  // Two spaces more than may stand between parts: what is taken out joins nothing.
  for (const [, year, month, day, serial] of plain
    .replaceAll(times, '     ')
    .replaceAll(hashes, '     ')
    .matchAll(disguised))
    if (isDay(month, day) && hasRightCheckDigit(`${year}${month}${day}${serial}`)) return true;
  return false;
}

/** Whether a text has so many digits, wherever they stand. */
function hasDigits(text: string, count: number): boolean {
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
