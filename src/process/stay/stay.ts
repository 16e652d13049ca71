import type { Command, HsaId, Instant, ProcessEvent, Uuid } from '../vocabulary.js';

/** How a source orders its own facts: its time first, its sequence where two share a time. Never arrival (design, section 5). */
type SourceOrder = { readonly time: Instant; readonly sequence?: number };

export type StayCommand =
  | Command<
      'record-admission',
      {
        readonly personId: Uuid;
        readonly ward: HsaId;
        readonly admittedAt: Instant;
        readonly order: SourceOrder;
      }
    >
  | Command<
      'record-transfer',
      {
        readonly personId: Uuid;
        readonly ward: HsaId;
        readonly admittedAt?: Instant;
        readonly order: SourceOrder;
      }
    >
  | Command<
      'record-discharge',
      {
        readonly personId: Uuid;
        readonly ward?: HsaId;
        readonly dischargedAt: Instant;
        readonly order: SourceOrder;
      }
    >;

/** `late: true`: an older fact that arrived after a newer one; it shows in history and changes no later state. */
export type StayEvent =
  | ProcessEvent<
      'StayAdmitted',
      {
        readonly personId: Uuid;
        readonly ward: HsaId;
        readonly admittedAt: Instant;
        readonly order: SourceOrder;
        readonly late: boolean;
      }
    >
  | ProcessEvent<
      'StayTransferred',
      {
        readonly personId: Uuid;
        readonly ward: HsaId;
        readonly admittedAt?: Instant;
        readonly order: SourceOrder;
        readonly late: boolean;
      }
    >
  | ProcessEvent<
      'StayDischarged',
      {
        readonly personId: Uuid;
        readonly ward?: HsaId;
        readonly dischargedAt: Instant;
        readonly order: SourceOrder;
        readonly late: boolean;
      }
    >;

/** One fact of a stay, as its state remembers it. */
export type StayFact = {
  readonly kind: 'admitted' | 'transferred' | 'discharged';
  readonly order: SourceOrder;
  readonly ward?: HsaId;
  readonly admittedAt?: Instant;
  readonly dischargedAt?: Instant;
};

/** A hospital stay as far as the facts tell it; any of its beginnings may be missing (a transfer without an admission). */
export type StayState = {
  readonly kind: 'stay';
  readonly personId: Uuid;
  readonly status: 'in-progress' | 'finished';
  readonly ward?: HsaId;
  readonly wardOrder?: SourceOrder;
  readonly admittedAt?: Instant;
  readonly dischargedAt?: Instant;
  /** Wards the stay has been at, in the source's order. */
  readonly wards: readonly { readonly ward: HsaId; readonly from: Instant }[];
  readonly lastOrder: SourceOrder;
  /** Every fact of the stay, in the source's order; the other fields follow from it. */
  readonly facts: readonly StayFact[];
};
