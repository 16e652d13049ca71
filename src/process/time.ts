import type { Instant, LocalDate } from './vocabulary.js';

/** Clocks of sending systems differ a little; a time this far ahead of the hub's is still now. */
const toleranceMilliseconds = 5 * 60 * 1000;

const stockholm = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Europe/Stockholm at a moment; an empty string for what is no moment. */
export function localDateOf(moment: Instant): LocalDate {
  return isInstant(moment) ? stockholm.format(Date.parse(moment)) : '';
}

const secondsClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** What clocks in Europe/Stockholm show at a moment, `HH:MM:SS`; an empty string for what is no moment. */
export function localTimeOf(moment: Instant): string {
  return isInstant(moment) ? secondsClock.format(Date.parse(moment)) : '';
}

/** The last moment of a calendar day in Europe/Stockholm, UTC; the text itself when it is no day. Clocks are changed at night, never at midnight. */
export function endOfDay(day: LocalDate): Instant {
  const next = daysAfter(day, 1);
  const starts = ['+01:00', '+02:00'].map((zone) => Date.parse(`${next}T00:00:00${zone}`));
  const start = starts.find((each) => !Number.isNaN(each) && isStartOf(each, next));
  return start === undefined ? day : new Date(start - 1).toISOString();
}

const isStartOf = (time: number, day: LocalDate): boolean =>
  stockholm.format(time) === day && stockholm.format(time - 1) !== day;

const wallClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  hour: '2-digit',
  minute: '2-digit',
});

/** Whether clocks in Europe/Stockholm show the same again an hour after this moment, as on the night when summer time ends. */
export function isShownTwice(moment: Instant): boolean {
  if (!isInstant(moment)) return false;
  const from = Date.parse(moment);
  return wallClock.format(from) === wallClock.format(from + 3_600_000);
}

/** Whether the text is a moment with its zone, RFC 3339. */
export function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The day some days after (before, where negative) a day; the text itself when it is no day. */
export function daysAfter(day: LocalDate, days: number): LocalDate {
  if (!isLocalDate(day)) return day;
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many days a day lies after another; negative before it. */
export function daysBetween(one: LocalDate, other: LocalDate): number {
  return Math.round((Date.parse(`${other}T00:00:00Z`) - Date.parse(`${one}T00:00:00Z`)) / 86_400_000);
}

/** Whether one moment comes before another. Compares moments, not texts: zones and fractions may be written differently. */
export function isBefore(one: Instant, other: Instant): boolean {
  return Date.parse(one) < Date.parse(other);
}

/** Whether a moment lies after `now` by more than clocks may differ. */
export function isInFuture(moment: Instant, now: Instant): boolean {
  return Date.parse(moment) > Date.parse(now) + toleranceMilliseconds;
}

/** A moment some hours later, UTC; the moment itself when it is none. */
export function hoursAfter(moment: Instant, hours: number): Instant {
  const time = Date.parse(moment) + hours * 60 * 60 * 1000;
  return Number.isNaN(time) ? moment : new Date(time).toISOString();
}
