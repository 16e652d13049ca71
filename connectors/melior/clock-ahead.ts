import { isWithin } from '../../src/messaging/contracts/time-bounds.js';
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
 * No time that is told lies further away than times of a case may: such a stay would be shown as what it is not, and followed by nobody.
 * @throws MessageRefused naming the field
 */
export function refuseOutOfBounds(
  { fact, from }: Exclude<Translation, { readonly kind: 'nothing' }>,
  window: TimeWindow,
): void {
  for (const field of ['occurredAt', 'admittedAt', 'dischargedAt', 'expectedDischarge'] as const) {
    const time = field in fact ? (fact as Readonly<Record<string, unknown>>)[field] : undefined;
    if (typeof time !== 'string' || isWithin(window, time)) continue;
    const { first, last } = window;
    throw new MessageRefused('AE', 102, `too far away, taken from ${first} to ${last}`, from[field]);
  }
}
