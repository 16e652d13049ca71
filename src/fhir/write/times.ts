import { isWithin } from '../../messaging/contracts/time-bounds.js';
import { isLocalDate, localDateOf } from '../../process/time.js';
import type { Instant, LocalDate } from '../../process/vocabulary.js';
import type { Submitted } from '../submitted/submitted.js';

/** A full FHIR dateTime (time of day and zone) as an instant; undefined for a partial or unreal one. */
function instantOf(value: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
  if (!isLocalDate(value.slice(0, 10))) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A FHIR date, or a dateTime as the calendar day in Sweden; undefined for a partial or unreal one. */
function dateInSweden(value: string): LocalDate | undefined {
  if (isLocalDate(value)) return value;
  const instant = value.includes('T') ? instantOf(value) : undefined;
  return instant === undefined ? undefined : localDateOf(instant);
}

/** How far a client's clock may be from the hub's, for the two to speak of the same moment. */
const clockToleranceMilliseconds = 5 * 60_000;

/** Whether a FHIR dateTime is the present: within five minutes of it, or today's date in Sweden. */
export function isNow(value: string, now: Date): boolean {
  const instant = instantOf(value);
  if (instant === undefined) return value === localDateOf(now.toISOString());
  return Math.abs(Date.parse(instant) - now.getTime()) <= clockToleranceMilliseconds;
}

/** A moment that was sent, in UTC; a fault where it is none, or lies further away than times of a case may. */
export function readInstant(of: Submitted<object>, at: string, value: string): Instant | undefined {
  const instant = instantOf(value);
  if (instant === undefined) return of.fault('time-with-zone', at);
  return withinWindow(of, at, instant) ? instant : undefined;
}

/** A day that was sent, or a moment as its day in Sweden; a fault as of a moment. */
export function readDay(of: Submitted<object>, at: string, value: string): LocalDate | undefined {
  const day = dateInSweden(value);
  if (day === undefined) return of.fault('not-a-real-date', at);
  return withinWindow(of, at, day) ? day : undefined;
}

/** Whether a day or a moment in UTC is one that times of a case may lie on; a fault where it is not. */
export function withinWindow(of: Submitted<object>, at: string, time: string): boolean {
  const { window } = of.submission;
  if (isWithin(window, time)) return true;
  of.fault('time-out-of-bounds', at, window);
  return false;
}
