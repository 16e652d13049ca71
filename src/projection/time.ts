import { Temporal } from '@js-temporal/polyfill';
import type { Instant, LocalDate } from '../process/vocabulary.js';

/** The zone of every calendar day in the process. */
const zone = 'Europe/Stockholm';

/**
 * The last millisecond of a calendar day in Sweden, so that a period that ends on a day contains all of it. UTC.
 * Undefined for what is no day: a log whose beginning is lost is shown as far as it goes.
 */
export function endOfDay(date: LocalDate): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(date)) return undefined;
  const next = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).toInstant();
  return next.subtract({ milliseconds: 1 }).toString({ smallestUnit: 'millisecond' });
}

/** A moment as staff read it: day and time of day in Sweden, `2026-11-24 kl. 14.05`. */
export function inWords(at: Instant): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local.toPlainDate().toString()} kl. ${two(local.hour)}.${two(local.minute)}`;
}
