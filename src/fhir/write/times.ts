import { localDateOf as dayOf } from '../../process/time.js';
import type { Instant, LocalDate } from '../../process/vocabulary.js';

/** A full FHIR dateTime (time of day and zone) as an instant; undefined for a partial or unreal one. */
export function instantOf(value: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
  if (localDateOf(value.slice(0, 10)) === undefined) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** A FHIR date, or a dateTime as the calendar day in Sweden; undefined for a partial or unreal one. */
export function localDateOf(value: string): LocalDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) {
    const instant = value.includes('T') ? instantOf(value) : undefined;
    return instant === undefined ? undefined : dayOf(instant);
  }
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : undefined;
}

/** How far a client's clock may be from the hub's, for the two to speak of the same moment. */
const clockToleranceMilliseconds = 5 * 60_000;

/** Whether a FHIR dateTime is the present: within five minutes of it, or today's date in Sweden. */
export function isNow(value: string, now: Date): boolean {
  const instant = instantOf(value);
  if (instant === undefined) return value === dayOf(now.toISOString());
  return Math.abs(Date.parse(instant) - now.getTime()) <= clockToleranceMilliseconds;
}
