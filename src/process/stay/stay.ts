import type { Command, HsaId, Instant, LocalDate, ProcessEvent, Uuid } from '../vocabulary.js';

/**
 * How a source orders its own facts: when it happened, and where two happened at once the order in which it told them (design,
 * section 5). The order in which they arrive at the hub decides only between two that the source sent in the same second.
 */
export type SourceOrder = {
  readonly time: Instant;
  /** How exactly `time` is known; left out: exactly. */
  readonly precision?: 'day' | 'hour' | 'minute' | 'second';
  /** `time` was told without its zone, in the hour that comes twice: it is the first, and may be an hour later. */
  readonly ambiguous?: true;
  /** When the source sent it. */
  readonly sentAt?: Instant;
  /** The source's own sequence number. */
  readonly sequence?: number;
  /** Rises with each fact that a connector receives. Facts told before 2026-12 have none. */
  readonly received?: number;
};

/** What every fact of a stay says, beside what its kind says. */
type Told = {
  readonly personId: Uuid;
  readonly order: SourceOrder;
  /** What the source calls the visit; left out where it looks like a person's number, and in events of before 2026-12. */
  readonly visit?: string;
  /** Left out: the fact says nothing of it. */
  readonly expectedDischarge?: LocalDate;
  /** The journal has no expected discharge any more. */
  readonly expectedDischargeRemoved?: true;
  /** The source has the visit as other care than a stay in hospital (another patient class). */
  readonly otherCare?: true;
};

/** Of facts that need not say where the patient is: `wardUnknown` is at a ward that nobody here knows, neither that they say nothing. */
type SaysWhere = { readonly ward?: HsaId; readonly wardUnknown?: true };

/** Without a ward: at one that nobody here knows. */
type Admitted = Told & { readonly ward?: HsaId; readonly admittedAt: Instant };
type Transferred = Told & { readonly ward?: HsaId; readonly admittedAt?: Instant };
type Changed = Told & SaysWhere & { readonly admittedAt?: Instant };
type Discharged = Told & { readonly ward?: HsaId; readonly dischargedAt: Instant };
type Cancelled = Told & SaysWhere;
type OfAnother = { readonly personId: Uuid; readonly order: SourceOrder };
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
  /** PAT-13: the source said at `order` that the visit is another person's. A newer fact of this person takes it back. */
  | Command<'give-up', OfAnother>
  /** PAT-13: the same visit was told of another person, whose stay has this id. */
  | Command<'note-other-stay', { readonly stayId: Uuid }>
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
  | ProcessEvent<'StayGivenUp', OfAnother & Late>
  | ProcessEvent<'OtherStayNoted', { readonly stayId: Uuid }>
  | ProcessEvent<'StayPersonReplaced', Replaced>;

/** One fact of a stay, as its state remembers it. */
export type StayFact = {
  readonly kind:
    | 'admitted'
    | 'transferred'
    | 'changed'
    | 'discharged'
    | 'admission-cancelled'
    | 'discharge-cancelled'
    | 'of-another-person';
  readonly order: SourceOrder;
  readonly ward?: HsaId;
  readonly wardUnknown?: true;
  readonly admittedAt?: Instant;
  readonly dischargedAt?: Instant;
  readonly expectedDischarge?: LocalDate;
  readonly expectedDischargeRemoved?: true;
  readonly otherCare?: true;
};

/** A hospital stay as far as the facts tell it; any of its beginnings may be missing (a transfer without an admission). */
export type StayState = {
  readonly kind: 'stay';
  readonly personId: Uuid;
  readonly status: 'in-progress' | 'finished' | 'cancelled';
  readonly ward?: HsaId;
  readonly wardOrder?: SourceOrder;
  /** What the source calls the visit, where that is no person's number. */
  readonly visit?: string;
  readonly admittedAt?: Instant;
  readonly dischargedAt?: Instant;
  /** The day the journal expects the patient to leave. */
  readonly expectedDischarge?: LocalDate;
  /** The journal says last that the visit is other care than a stay in hospital; whether it goes on as such says the status. */
  readonly otherCare?: true;
  /** Wards the stay has been at, in the source's order. `until`: the patient left it for one that nobody here knows. */
  readonly wards: readonly { readonly ward: HsaId; readonly from: Instant; readonly until?: Instant }[];
  readonly lastOrder: SourceOrder;
  /** Stays of other persons that the source told of under the same visit (PAT-13). */
  readonly others?: readonly Uuid[];
  /** Every fact of the stay, in the source's order; the other fields follow from it. */
  readonly facts: readonly StayFact[];
};
