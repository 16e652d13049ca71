import type { StayFact } from '../../messaging/contracts/facts.js';
import type { Sending } from '../../messaging/contracts/sending.js';
import type { Fact } from '../../messaging/inbox/fact.js';
import { PermanentFailure } from '../../messaging/inbox/failure.js';
import type { SourceOrder, StayCommand } from '../../process/stay/stay.js';
import { isShownTwice, localDateOf } from '../../process/time.js';
import type { HsaId, Instant, Uuid } from '../../process/vocabulary.js';
import { systemActor } from '../dependencies.js';
import { type HeardStay } from './heard-stay.js';
import { visitToShow } from './notify-ward.js';

export function commandOf(fact: HeardStay, { event, position }: Fact, personId: Uuid): StayCommand {
  const envelope = { at: fact.occurredAt, by: systemActor('journal') };
  const told = {
    personId,
    order: orderOf(fact, event.sending, position),
    ...visitToShow(fact),
    ...(fact.expectedDischarge === undefined
      ? {}
      : { expectedDischarge: localDateOf(fact.expectedDischarge) }),
    ...(fact.expectedDischargeRemoved === undefined ? {} : { expectedDischargeRemoved: true as const }),
    ...(fact.otherCare === true && { otherCare: true as const }),
  };
  const ward: { ward?: HsaId } = fact.ward === undefined ? {} : { ward: fact.ward };
  const where = { ...ward, ...(fact.wardUnknown === true && { wardUnknown: true as const }) };
  const admitted: { admittedAt?: Instant } =
    fact.admittedAt === undefined ? {} : { admittedAt: fact.admittedAt };
  switch (fact.kind) {
    case 'admitted':
      return {
        type: 'record-admission',
        ...envelope,
        data: { ...told, ...ward, admittedAt: fact.admittedAt ?? fact.occurredAt },
      };
    case 'transferred':
      return {
        type: 'record-transfer',
        ...envelope,
        data: { ...told, ...ward, ...admitted },
      };
    case 'changed':
      return { type: 'record-change', ...envelope, data: { ...told, ...where, ...admitted } };
    case 'discharged':
      return {
        type: 'record-discharge',
        ...envelope,
        data: { ...told, ...ward, dischargedAt: fact.dischargedAt ?? fact.occurredAt },
      };
    case 'admission-cancelled':
      return { type: 'cancel-admission', ...envelope, data: { ...told, ...ward } };
    case 'discharge-cancelled':
      return { type: 'cancel-discharge', ...envelope, data: { ...told, ...where } };
    default:
      fact.kind satisfies never;
      throw new PermanentFailure('stay-fact-unknown', 'hub');
  }
}

/** The place that the source gives a fact. One who tells neither order nor number is taken in the order of receipt. */
export function orderOf(fact: StayFact, sending: Sending | undefined, position: number): SourceOrder {
  const { occurredAt: time, sequence } = fact;
  const received = sending?.received ?? (sequence === undefined ? position : undefined);
  return {
    time,
    // Another time of the fact may be the one that is not certain.
    ...(fact.ambiguousTime === true && isShownTwice(time) ? { ambiguous: true as const } : {}),
    ...(sending?.precision === undefined ? {} : { precision: sending.precision }),
    ...(sending?.sentAt === undefined ? {} : { sentAt: sending.sentAt }),
    // Kept in clear, and long enough for a person's number: the last digits tell the same order.
    ...(sequence === undefined ? {} : { sequence: sequence % sequencesKeptApart }),
    ...(received === undefined ? {} : { received }),
  };
}

/** More than the numbers of one moment of a stay lie apart. */
const sequencesKeptApart = 10_000;
