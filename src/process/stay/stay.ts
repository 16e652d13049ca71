import type { Command, HsaId, Instant, LocalDate, ProcessEvent, Uuid } from '../vocabulary.js';

/** How a source orders its own facts: its time first, its sequence where two share a time. Never arrival (design, section 5). */
type SourceOrder = { readonly time: Instant; readonly sequence?: number };

/** What every fact of a stay says, beside what its kind says. */
type Told = {
  readonly personId: Uuid;
  readonly order: SourceOrder;
  /** Left out: the fact says nothing of it. */
  readonly expectedDischarge?: LocalDate;
  /** The journal has no expected discharge any more. */
  readonly expectedDischargeRemoved?: true;
};

type Admitted = Told & { readonly ward: HsaId; readonly admittedAt: Instant };
type Transferred = Told & { readonly ward: HsaId; readonly admittedAt?: Instant };
type Changed = Told & { readonly ward?: HsaId; readonly admittedAt?: Instant };
type Discharged = Told & { readonly ward?: HsaId; readonly dischargedAt: Instant };
type Cancelled = Told & { readonly ward?: HsaId };
type Replaced = { readonly personId: Uuid; readonly replaced: Uuid };

export type StayCommand =
  | Command<'record-admission', Admitted>
  | Command<'record-transfer', Transferred>
  /** Other data of the stay (A08). */
  | Command<'record-change', Changed>
  | Command<'record-discharge', Discharged>
  /** The stay never came to be (A11). */
  | Command<'cancel-admission', Cancelled>
  /** The stay goes on after all (A13). */
  | Command<'cancel-discharge', Cancelled>
  /** PAT-12: the person of the stay turned out to be another, whose stay it is from now on. */
  | Command<'replace-person', Replaced>;

/** `late: true`: an older fact that arrived after a newer one; it shows in history and changes no later state. */
type Late = { readonly late: boolean };

export type StayEvent =
  | ProcessEvent<'StayAdmitted', Admitted & Late>
  | ProcessEvent<'StayTransferred', Transferred & Late>
  | ProcessEvent<'StayChanged', Changed & Late>
  | ProcessEvent<'StayDischarged', Discharged & Late>
  | ProcessEvent<'StayAdmissionCancelled', Cancelled & Late>
  | ProcessEvent<'StayDischargeCancelled', Cancelled & Late>
  | ProcessEvent<'StayPersonReplaced', Replaced>;

/** One fact of a stay, as its state remembers it. */
export type StayFact = {
  readonly kind:
    'admitted' | 'transferred' | 'changed' | 'discharged' | 'admission-cancelled' | 'discharge-cancelled';
  readonly order: SourceOrder;
  readonly ward?: HsaId;
  readonly admittedAt?: Instant;
  readonly dischargedAt?: Instant;
  readonly expectedDischarge?: LocalDate;
  readonly expectedDischargeRemoved?: true;
};

/** A hospital stay as far as the facts tell it; any of its beginnings may be missing (a transfer without an admission). */
export type StayState = {
  readonly kind: 'stay';
  readonly personId: Uuid;
  readonly status: 'in-progress' | 'finished' | 'cancelled';
  readonly ward?: HsaId;
  readonly wardOrder?: SourceOrder;
  readonly admittedAt?: Instant;
  readonly dischargedAt?: Instant;
  /** The day the journal expects the patient to leave. */
  readonly expectedDischarge?: LocalDate;
  /** Wards the stay has been at, in the source's order. */
  readonly wards: readonly { readonly ward: HsaId; readonly from: Instant }[];
  readonly lastOrder: SourceOrder;
  /** Every fact of the stay, in the source's order; the other fields follow from it. */
  readonly facts: readonly StayFact[];
};
