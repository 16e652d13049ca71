import { daysAfter, endOfDay, localDateOf, localTimeOf } from '../time.js';
import type { Instant, LocalDate } from '../vocabulary.js';
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
