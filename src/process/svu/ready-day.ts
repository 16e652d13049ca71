import type { Decision } from '../rejections/rejection.js';
import { daysAfter, endOfDay, localDateOf, localTimeOf } from '../time.js';
import type { Instant, LocalDate } from '../vocabulary.js';
import { reject } from './rejections.js';
import type { SvuSettings } from './settings.js';

/**
 * SVU-11: the day that ready counts from. What is sent while clocks in Europe/Stockholm show the cut-off or earlier is that day's, later the
 * next day's, whatever the weekday. Sent is when the hub took it, not a time that the client states.
 */
export function countedDay({ readyCutOff }: Pick<SvuSettings, 'readyCutOff'>, sentAt: Instant): LocalDate {
  const day = localDateOf(sentAt);
  return localTimeOf(sentAt) <= `${readyCutOff}:00` ? day : daysAfter(day, 1);
}

/** The day that ready counts from, where the policy counts one. */
export function readyCountsFrom(
  settings: Pick<SvuSettings, 'readyCounts' | 'readyCutOff'>,
  sentAt: Instant,
): LocalDate | undefined {
  return settings.readyCounts === 'by-noon' ? countedDay(settings, sentAt) : undefined;
}

/**
 * SVU-34: until when a unit that is asked at a moment acknowledges ready, where the policy says: within the day when it is asked by the cut-off,
 * else within the next. A unit that joins later is asked later.
 */
export function readyAcknowledgedBy(
  settings: Pick<SvuSettings, 'readyAcknowledgedInTime' | 'readyCutOff'>,
  askedAt: Instant,
): Instant | undefined {
  return settings.readyAcknowledgedInTime ? endOfDay(countedDay(settings, askedAt)) : undefined;
}

/** SVU-10: the day lies where the policy takes it. */
export function faultInReadyDate(
  date: LocalDate,
  today: LocalDate,
  { daysAhead, daysBack }: SvuSettings['readyDate'],
): Decision<never> | undefined {
  if (daysAhead === 0 && daysBack === 0) {
    return date === today ? undefined : reject('ready-date-not-today', { field: 'date', values: { today } });
  }
  const last = daysAhead === undefined ? date : daysAfter(today, daysAhead);
  if (date > last) return reject('ready-date-too-late', { field: 'date', values: { last } });
  const first = daysBack === undefined ? date : daysAfter(today, -daysBack);
  return date < first ? reject('ready-date-too-early', { field: 'date', values: { first } }) : undefined;
}
