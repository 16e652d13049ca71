import type { StayFact } from '../../messaging/contracts/facts.js';
import { birthDateIn, isBeforeBirth, isWithin, windowAt } from '../../messaging/contracts/time-bounds.js';
import { PermanentFailure } from '../../messaging/inbox/failure.js';
import type { Instant } from '../../process/vocabulary.js';
import type { CasesDependencies } from '../dependencies.js';

const times = ['occurredAt', 'admittedAt', 'dischargedAt', 'expectedDischarge'] as const;

/**
 * A stay whose times make no sense is held as a dead letter, which names the field, until its sender has told it right: an admission of
 * 1900 would be shown, and what orders facts by a time far ahead would make all that follows late.
 *
 * @throws PermanentFailure
 */
export function refuseTimesWithoutSense({ timeBounds, now }: CasesDependencies, fact: StayFact): void {
  const window = windowAt(timeBounds, now());
  const born = birthDateIn(fact.person);
  for (const field of times) {
    const time = fact[field];
    if (time === undefined) continue;
    if (!isWithin(window, time)) {
      const { first, last } = window;
      throw new PermanentFailure(`time out of bounds: ${field}, taken from ${first} to ${last}`, 'sender');
    }
    if (born !== undefined && isBeforeBirth(born, time))
      throw new PermanentFailure(`time before the birth: ${field}`, 'sender');
  }
}

/**
 * The fact in the order of its receipt where its own time makes no sense: of somebody who may not be known nothing is held, and what
 * orders facts must not be far ahead.
 */
export function withTimeOfSense(
  { timeBounds, now }: CasesDependencies,
  fact: StayFact,
  receivedAt: Instant,
): StayFact {
  return isWithin(windowAt(timeBounds, now()), fact.occurredAt) ? fact : { ...fact, occurredAt: receivedAt };
}
