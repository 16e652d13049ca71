import { Temporal } from '@js-temporal/polyfill';
import { stockholmOffset, wholeHoursSince } from './stockholm-offset.js';

const zone = 'Europe/Stockholm';
/** More than any offset of the zone, so that the two looks lie on either side of the instant itself. */
const changeMargin = 3 * 60 * 60 * 1000;

/** A local time read from outside. `ambiguous`: it fell in the doubled hour and the first of the two was taken. */
export type SourceTime = { readonly instant: string; readonly ambiguous: boolean };

/** A time that cannot be read. `reason` is a fixed text without the value, so it may be logged and answered. */
export class UnreadableTime extends Error {
  override readonly name = 'UnreadableTime';
}

/** A time that there is, outside the years 1 to 9999. `nearest`: the first or the last instant in them. */
class TimeOutOfYears extends UnreadableTime {
  constructor(readonly nearest: '0001-01-01T00:00:00.000Z' | '9999-12-31T23:59:59.999Z') {
    super('not in the years 1 to 9999');
  }
}

/**
 * For a time that need not be right to the hour, because what lies that far away is judged as out of bounds: outside the years 1 to 9999
 * the nearest instant in them. The first and the last day of all are what journals write for "not known".
 * @throws UnreadableTime
 */
export function orNearest(read: () => SourceTime): SourceTime {
  try {
    return read();
  } catch (error) {
    if (error instanceof TimeOutOfYears) return { instant: error.nearest, ambiguous: false };
    throw error;
  }
}

/**
 * Reads an HL7 v2 time, `YYYYMMDD[HH[MM[SS[.S[S[S[S]]]]]]][+/-ZZZZ]` (HL7 v2.5 chapter 2A, TS and DTM), as an instant in UTC.
 * Without an offset it is Europe/Stockholm; in the doubled hour the first is taken and marked; the hour that daylight saving
 * skips is refused. A date alone is the start of that day in Stockholm.
 * @param defaultOffset of a time of day that has none of its own, `+/-ZZZZ`
 * @throws UnreadableTime when it is not such a time, is coarser than a day, or does not exist.
 */
export function readHl7Time(text: string, defaultOffset?: string): SourceTime {
  const match =
    /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?([+-]\d{4})?$/.exec(text);
  if (!match) throw new UnreadableTime('not a time of at least a day (YYYYMMDD[HHMM[SS]][+/-ZZZZ])');
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const fields = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '0').padEnd(4, '0').slice(0, 3)),
  };
  // A day is a day where the hospital is, whatever zone the message was written in.
  const zoned = offset ?? (hour === undefined ? undefined : defaultOffset);
  if (zoned !== undefined) return withOffset(plainDateTime(fields), zoned);
  return farFromChange(fields) ?? inStockholm(plainDateTime(fields));
}

/**
 * Reads an `xs:dateTime`; without an offset it is Europe/Stockholm, as for HL7.
 * @throws UnreadableTime
 */
export function readXmlTime(text: string): SourceTime {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!match?.[1]) throw new UnreadableTime('not an xs:dateTime');
  try {
    return match[2] === undefined
      ? inStockholm(Temporal.PlainDateTime.from(match[1]))
      : { instant: toInstant(Temporal.Instant.from(text)), ambiguous: false };
  } catch (error) {
    if (error instanceof UnreadableTime) throw error;
    throw new UnreadableTime('no such date or time');
  }
}

/** The start of a day in Stockholm (`YYYY-MM-DD`) as an instant. @throws UnreadableTime */
export function startOfDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new UnreadableTime('not a day (YYYY-MM-DD)');
  return readHl7Time(day.replaceAll('-', '')).instant;
}

/** Now as `YYYYMMDDHHMMSS` in Stockholm, as HL7 headers and RIV-TA time stamps want it. */
export function stockholmStamp(now: Date): string {
  const local = new Date(now.getTime() + stockholmOffset(now.getTime()));
  return local.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
}

type Fields = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond', number>;

/**
 * Almost every time there is: an existing one, with the same offset some hours before and after, so that it is there once.
 * Temporal's polyfill, some 100 times slower, is asked about the rest only. Undefined: not one of these.
 */
function farFromChange(fields: Fields): SourceTime | undefined {
  const { year, month, day, hour, minute, second, millisecond } = fields;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const date = new Date(local);
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  if (!exists || year < wholeHoursSince) return undefined;
  const offset = stockholmOffset(local - changeMargin);
  if (offset !== stockholmOffset(local + changeMargin)) return undefined;
  return { instant: new Date(local - offset).toISOString(), ambiguous: false };
}

function plainDateTime(fields: Fields): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' });
  } catch {
    throw new UnreadableTime('no such date or time');
  }
}

function inStockholm(local: Temporal.PlainDateTime): SourceTime {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(local))
    throw new UnreadableTime('the hour that daylight saving skips');
  return { instant: toInstant(earlier.toInstant()), ambiguous: !earlier.equals(later) };
}

function withOffset(local: Temporal.PlainDateTime, offset: string): SourceTime {
  try {
    const written = `${local.toString()}${offset.slice(0, 3)}:${offset.slice(3)}`;
    return { instant: toInstant(Temporal.Instant.from(written)), ambiguous: false };
  } catch (error) {
    if (error instanceof UnreadableTime) throw error;
    throw new UnreadableTime('no such time zone offset');
  }
}

/** @throws TimeOutOfYears outside the years 1 to 9999, which RFC 3339 writes in four digits and every database takes */
function toInstant(instant: Temporal.Instant): string {
  const text = instant.toString({ smallestUnit: 'millisecond' });
  if (text.startsWith('+')) throw new TimeOutOfYears('9999-12-31T23:59:59.999Z');
  if (!/^\d{4}-/.test(text) || text.startsWith('0000')) throw new TimeOutOfYears('0001-01-01T00:00:00.000Z');
  return text;
}
