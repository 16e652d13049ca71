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

/** Whether a text holds ten or twelve digits that may be a personal number: a plausible date, whatever the check digit. */
export function looksLikePersonalNumber(text: string): boolean {
  for (const [, month, day] of inPlainCharacters(text).replaceAll(uuids, ' ').matchAll(numbers)) {
    const [monthNumber, dayNumber] = [Number(month), Number(day)];
    if (
      monthNumber >= 1 &&
      monthNumber <= 12 &&
      ((dayNumber >= 1 && dayNumber <= 31) || (dayNumber >= 61 && dayNumber <= 91))
    )
      return true;
  }
  return false;
}
