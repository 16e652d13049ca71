import type { LocalDate } from '../vocabulary.js';

/**
 * Whether somebody is under 18 on a day (PAT-11).
 * @param born the day of birth, YYYY-MM-DD
 * @param on the day, Europe/Stockholm
 */
export function isMinor(born: LocalDate, on: LocalDate): boolean {
  const [year = '', ...monthAndDay] = born.split('-');
  // As text: who was born on 29 February is 18 when that day would have been over.
  return on < [String(Number(year) + 18), ...monthAndDay].join('-');
}
