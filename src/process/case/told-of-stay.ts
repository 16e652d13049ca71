import type { StayFact, StayState } from '../stay/stay.js';
import type { HsaId, Instant, Uuid } from '../vocabulary.js';
import type { Moment } from './event.js';

/** A stay before and after a fact of it. */
export type StayChange = {
  readonly id: Uuid;
  readonly before: StayState | undefined;
  readonly now: StayState;
  /** The fact is older than one that came before it. */
  readonly late: boolean;
};

/** A ward of the hospital side. Known: a unit of the organisation file that is not closed. */
export type Ward = { readonly id: HsaId; readonly name: string | undefined; readonly known: boolean };

/** What a journal told of a stay of the patient, and what is known around it. */
export type ToldOfStay = Moment & {
  readonly stay: StayChange;
  /** The stay that the case is tied to, where it is to one. */
  readonly tiedTo: StayState | undefined;
  readonly fact: {
    readonly kind: Exclude<StayFact['kind'], 'of-another-person'>;
    readonly occurredAt: Instant;
    readonly dischargedAt?: Instant;
  };
  /** The ward that the fact names. */
  readonly ward: Ward | undefined;
  readonly wardOf: (this: void, ward: HsaId) => Ward;
  /** The organisation of a ward, where it is known. */
  readonly organisationOf: (this: void, ward: HsaId) => string | undefined;
  /** The notice by which a ward of another organisation would be asked about this visit (SVU-42). */
  readonly noticeFor: (this: void, ward: HsaId) => Uuid;
  /** Of a cancellation: whether another stay of the person is under way. */
  readonly stayUnderWay: boolean;
  /** The person's open case of the same kind. */
  readonly openCase: Uuid | undefined;
};
