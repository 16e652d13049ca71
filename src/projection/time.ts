import type { Instant, LocalDate } from '../process/vocabulary.js';

/**
 * Calendar days and times of day in Europe/Stockholm, the zone of every calendar day in the process. One formatter of the
 * platform, made once: a projection asks several times for each event, and Temporal's polyfill is some 100 times slower.
 */
const swedish = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const minute = 60_000;

/** A moment's clock on the wall, two digits each. */
function wallClock(at: Date): { date: string; hour: string; minute: string } {
  const part = new Map(swedish.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day, hour, minutes] = (['year', 'month', 'day', 'hour', 'minute'] as const).map(
    (type) => String(part.get(type)),
  ) as [string, string, string, string, string];
  return { date: `${year}-${month}-${day}`, hour, minute: minutes };
}

/**
 * The last millisecond of a calendar day in Sweden, so that a period that ends on a day contains all of it. UTC.
 * Undefined for what is no day: a log whose beginning is lost is shown as far as it goes.
 */
export function endOfDay(date: LocalDate): Instant | undefined {
  const start = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(start)) return undefined;
  const nextMidnight = start + 24 * 60 * minute;
  // The clocks change at two or three in the morning, so the last hour and a half of the day has midnight's offset.
  const lateEvening = new Date(nextMidnight - 90 * minute);
  const wall = wallClock(lateEvening);
  const offset = Date.parse(`${wall.date}T${wall.hour}:${wall.minute}:00Z`) - lateEvening.getTime();
  return new Date(nextMidnight - offset - 1).toISOString();
}

/** A moment as staff read it: day and time of day in Sweden, `2026-11-24 kl. 14.05`. */
export function inWords(at: Instant): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  const wall = wallClock(moment);
  return `${wall.date} kl. ${wall.hour}.${wall.minute}`;
}
