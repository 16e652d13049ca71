import { isWithin, timesThatRefuse } from '../../src/messaging/contracts/time-bounds.js';
import type { TimeWindow } from '../../src/messaging/contracts/time-bounds.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import type { FieldMapping } from './mapping-fields.js';
import type { Translation } from './translation.js';

/**
 * What orders the facts of a stay must not lie ahead of the receipt by more than clocks differ: one such time would make all that follows
 * it late, so that a discharge ends nothing. Planned times, and those of admission and discharge where they do not order, may.
 * @param now when the message came
 * @throws MessageRefused naming the field
 */
export function refuseAhead(
  { fact, from, sending }: Exclude<Translation, { readonly kind: 'nothing' }>,
  { times }: FieldMapping,
  now: Date,
): void {
  const latest = now.getTime() + times.aheadMinutes * 60_000;
  const ordering = [
    [fact.occurredAt, from['occurredAt']],
    [sending.sentAt, 'MSH-7'],
  ] as const;
  for (const [time, field] of ordering)
    if (time !== undefined && Date.parse(time) > latest)
      throw new MessageRefused('AE', 102, 'lies ahead of the time of receipt', field);
}

/**
 * No time by which a fact is refused lies further away than times of a case may: such a stay would be shown as what it is not, and followed
 * by nobody.
 * @throws MessageRefused naming the field
 */
export function refuseOutOfBounds(
  translation: Exclude<Translation, { readonly kind: 'nothing' }>,
  window: TimeWindow,
): void {
  const { from } = translation;
  const times =
    translation.kind === 'stay'
      ? timesThatRefuse(translation.fact.kind).map((field) => [field, translation.fact[field]] as const)
      : [['occurredAt', translation.fact.occurredAt] as const];
  for (const [field, time] of times) {
    if (time === undefined || isWithin(window, time)) continue;
    const { first, last } = window;
    throw new MessageRefused('AE', 102, `too far away, taken from ${first} to ${last}`, from[field]);
  }
}

/**
 * What is said to the sender and to operators of an expected discharge that lies further away: the fact tells it as it came, and the hub
 * takes it without. Undefined: there is none.
 */
export function expectedLeftOut(translation: Translation, window: TimeWindow): string | undefined {
  if (translation.kind !== 'stay') return undefined;
  const { fact, from } = translation;
  if (fact.expectedDischarge === undefined || isWithin(window, fact.expectedDischarge)) return undefined;
  return `${from['expectedDischarge']}: left out, taken from ${window.first} to ${window.last}`;
}
