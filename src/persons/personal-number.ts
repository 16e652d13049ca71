import type { PersonIdentifier } from '../messaging/contracts/facts.js';
import { reserveNumberForms } from '../messaging/contracts/reserve-number.js';

/** Why a number is refused before any lookup (PAT-3), or that it is a reserve number (PAT-4). */
export type PersonalNumberFault = 'length' | 'date' | 'check-digit' | 'reserve-number';

export type PersonalNumberCheck =
  | { readonly valid: true; readonly identifier: PersonIdentifier }
  | { readonly valid: false; readonly fault: PersonalNumberFault };

const daysAddedForSamordningsnummer = 60;

const reserveNumbers = reserveNumberForms.map((form) => new RegExp(form, 'i'));

/**
 * Checks a number as somebody entered or sent it (PAT-1, PAT-3): exactly twelve digits without separator, a real date of
 * birth, a right check digit. A samordningsnummer has 60 added to the day. A reserve number (PAT-4) is told by its form; a
 * letter elsewhere in a number is a slip of the pen. The library `personnummer` also accepts ten digits, separators and future forms and gives one
 * fault for all, so it serves as the oracle of the tests instead.
 */
export function checkPersonalNumber(value: string): PersonalNumberCheck {
  if (reserveNumbers.some((form) => form.test(value))) return { valid: false, fault: 'reserve-number' };
  if (!/^\d{12}$/.test(value)) return { valid: false, fault: 'length' };
  const day = Number(value.slice(6, 8));
  const coordination = day > daysAddedForSamordningsnummer;
  if (
    !isDate(
      Number(value.slice(0, 4)),
      Number(value.slice(4, 6)),
      coordination ? day - daysAddedForSamordningsnummer : day,
    )
  ) {
    return { valid: false, fault: 'date' };
  }
  if (checkDigit(value.slice(2, 11)) !== Number(value[11])) return { valid: false, fault: 'check-digit' };
  return {
    valid: true,
    identifier: { type: coordination ? 'samordningsnummer' : 'personnummer', value },
  };
}

/** The Luhn digit of the nine digits from the two-digit year to the serial. */
function checkDigit(nine: string): number {
  let sum = 0;
  for (const [index, digit] of nine.split('').entries()) {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return (10 - (sum % 10)) % 10;
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1800) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && day > 0;
}
