import type { PersonIdentifier } from '../../messaging/contracts/facts.js';
import {
  birthDateIn,
  isBeforeBirth,
  isWithin,
  timesThatRefuse,
  windowAt,
  type TimeWindow,
} from '../../messaging/contracts/time-bounds.js';
import type { Mark } from '../../messaging/inbox/fact.js';
import { PermanentFailure } from '../../messaging/inbox/failure.js';
import type { Instant } from '../../process/vocabulary.js';
import type { CasesDependencies } from '../dependencies.js';
import type { HeardStay } from './heard-stay.js';

const expectedNotTaken = 'expected discharge not taken';

/** Whether an outcome says that the fact was taken without its expected discharge: the hub's operators are told. */
export function tookNoExpectedDischarge(outcome: string): boolean {
  return outcome.split(', ').includes(expectedNotTaken);
}

/**
 * A stay whose times make no sense is held as a dead letter, which names the field, until its sender has told it right: an admission of
 * 1900 would be shown, and what orders facts by a time far ahead would make all that follows late. An expected discharge without sense is
 * only left out, as if the source had said nothing of it: the ward has to learn of the stay.
 *
 * @returns what is taken of the fact, and the mark, whose outcome says what is not
 * @throws PermanentFailure
 */
export function withTimesOfSense(
  { timeBounds, now }: CasesDependencies,
  fact: HeardStay,
  mark: Mark,
): { readonly fact: HeardStay; readonly mark: Mark } {
  const window = windowAt(timeBounds, now());
  for (const field of timesThatRefuse(fact.kind)) {
    const fault = faultIn(window, fact.person, fact[field]);
    if (fault === undefined) continue;
    const taken = fault === 'time out of bounds' ? `, taken from ${window.first} to ${window.last}` : '';
    throw new PermanentFailure(`${fault}: ${field}${taken}`, 'sender');
  }
  const { expectedDischarge, ...rest } = fact;
  if (faultIn(window, fact.person, expectedDischarge) === undefined) return { fact, mark };
  return {
    fact: rest,
    mark: (sql, outcome, ...kept) => mark(sql, `${outcome}, ${expectedNotTaken}`, ...kept),
  };
}

function faultIn(
  window: TimeWindow,
  person: PersonIdentifier,
  time: string | undefined,
): 'time out of bounds' | 'time before the birth' | undefined {
  if (time === undefined) return undefined;
  if (!isWithin(window, time)) return 'time out of bounds';
  const born = birthDateIn(person);
  return born !== undefined && isBeforeBirth(born, time) ? 'time before the birth' : undefined;
}

/**
 * The fact in the order of its receipt where its own time makes no sense: of somebody who may not be known nothing is held, and what
 * orders facts must not be far ahead.
 */
export function withTimeOfSense(
  { timeBounds, now }: CasesDependencies,
  fact: HeardStay,
  receivedAt: Instant,
): HeardStay {
  return isWithin(windowAt(timeBounds, now()), fact.occurredAt) ? fact : { ...fact, occurredAt: receivedAt };
}
