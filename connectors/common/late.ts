import { combineHealth, type Health, type Pace } from './health.js';

/** How far behind a connector may be before it is `degraded`. */
export type LateAfter = {
  /** How long something taken may wait to be brought to its topic. */
  readonly publisherSeconds: number;
  /** How many intervals may go by without all being read. */
  readonly pollIntervals: number;
};

/**
 * Says of a connector that falls behind that it does, although nothing failed here: another process that should do the work may be
 * frozen, or something never ends.
 */
export function judgedByPace(health: Health, after: LateAfter, now: Date): Health {
  const { pace, ...rest } = health;
  if (pace === undefined) return health;
  const reasons = [...waitsToBePublished(pace, after, now), ...isNotRead(pace, after, now)];
  if (reasons.length === 0) return rest;
  return combineHealth([rest, ...reasons.map((why): Health => ({ status: 'degraded', why, detail: {} }))]);
}

function waitsToBePublished(
  { waiting = 0, waitingSince }: Pace,
  { publisherSeconds }: LateAfter,
  now: Date,
): readonly string[] {
  const seconds = secondsFrom(waitingSince, now);
  if (waiting === 0 || seconds < publisherSeconds) return [];
  return [
    `${waiting} taken messages wait to be brought to their topic, the oldest for ${seconds} s: the process that publishes is frozen or slow, or the transport is`,
  ];
}

function isNotRead(
  { allReadAt, everyMilliseconds = 0 }: Pace,
  { pollIntervals }: LateAfter,
  now: Date,
): readonly string[] {
  const seconds = secondsFrom(allReadAt, now);
  if (allReadAt === undefined || seconds * 1000 < pollIntervals * everyMilliseconds) return [];
  return [
    `not all has been read for ${seconds} s, though it is to be every ${Math.round(everyMilliseconds / 1000)} s: what is asked does not answer, or not in time`,
  ];
}

/** Whole seconds. */
function secondsFrom(time: Date | undefined, now: Date): number {
  return time === undefined ? 0 : Math.floor((now.getTime() - time.getTime()) / 1000);
}
