import {
  hasDigits,
  inPlainCharacters,
  mayHidePersonalNumber,
  withoutCodes,
} from '../../src/messaging/contracts/personal-number-shape.js';

/** Of what is looked for: six, and four that may be letters. */
const fewestDigits = 6;
const lookalike = /\d{6,8}[-+ ]?[\dA-Za-z]{4}/;

/** What people, and those who want it overlooked, write between the parts of a number: anything but digits and letters. */
const between = String.raw`[^\p{L}\p{N}]{0,3}`;
/** Year of two or four digits, month, day (60 more in a samordningsnummer), and four that in reserve numbers are letters too. */
const dated = new RegExp(
  String.raw`(?<!\d)(?:\d{2})?\d{2}${between}(?:0[1-9]|1[0-2])${between}(?:[06][1-9]|[1278]\d|3[01]|9[01])${between}(?:\d{4}(?!\d)|[\dA-Z]{2}\d{2}(?!\d))`,
  'u',
);

/**
 * Whether a value from outside (an id of a message, a code of a ward) holds anything shaped like a personal number that is not
 * part of a longer run of digits, however the number is written and whatever stands beside it.
 */
export function mayHoldNumber(value: string): boolean {
  const plain = inPlainCharacters(withoutCodes(value));
  if (!hasDigits(plain, fewestDigits)) return false;
  const runs = plain.match(/\d[\d\-+ A-Za-z]*/g) ?? [];
  return (
    mayHidePersonalNumber(value) ||
    dated.test(plain) ||
    runs.some((run) => run.replaceAll(/\W/g, '').length <= 13 && lookalike.test(run))
  );
}

/** A value from outside as it may stand in a log line: short, printable, and withheld as a whole when it may hold a number. */
export function forLog(value: string): string {
  if (mayHoldNumber(value)) return '[withheld]';
  return value.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 80);
}

/** What may be told of an error: its name and code, never its message, which may quote what it failed on. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? error.name : `${error.name} ${code}`;
}
