import type { CasePolicy } from '../policy/policy.js';
import type { HsaId, Instant, LocalDate, Notice, Side, Todo, Uuid, Actor } from '../vocabulary.js';
import type { AddressedSide, AddressingFailureCause, IdentityQuestion } from './commands.js';
import type { DecisionData, DischargeForm } from './events.js';

/** A unit that takes part. */
export type Participant = {
  readonly unit: HsaId;
  readonly side: Side;
  readonly since: Instant;
  readonly ground: 'opened' | 'listing' | 'register' | 'by-hand' | 'ward-change';
  /** False for a unit that joined while no decision stood: it sees that the case exists, not its content (CON-8). */
  readonly seesContent: boolean;
};

/** A decision with its life: current until deregistered or replaced. */
export type RegisteredDecision = {
  readonly id: Uuid;
  readonly data: DecisionData;
  readonly registeredAt: Instant;
  readonly registeredBy: Actor;
  readonly endedAt?: Instant;
};

/** The steps whose state every reader sees alike (the ground for VIEW-2). */
export type StepName = 'admission-notice' | 'planned-discharge' | 'ready' | 'discharge';
/** The steps that receiving units acknowledge, round by round. */
export type AcknowledgedStep = Exclude<StepName, 'discharge'>;
export type StepState = 'not-begun' | 'awaiting' | 'partly' | 'done';

/** The folded state of an SVU case. `undefined` before it is opened. All fields serialisable. */
export type SvuState = {
  readonly kind: 'svu';
  readonly personId: Uuid;
  /** Whose case it was before persons turned out to be one (PAT-12). */
  readonly formerPersons?: readonly Uuid[];
  /** What the ward has been asked about whose case it is. */
  readonly identityQuestions?: readonly IdentityQuestion[];
  readonly policy: CasePolicy;
  readonly stayId?: Uuid;
  readonly phase: 'draft' | 'published' | 'discharged' | 'annulled';
  readonly frozen: boolean;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly organisation: string;
  readonly ward: HsaId;
  readonly admittedAt: Instant;
  readonly needsAssessedAt?: Instant;
  /** When the admission notice is due (SVU-5). */
  readonly admissionNoticeDue: Instant;
  readonly expectedDischarge: LocalDate;
  /** Why it became what it is, as the units were told; none where they were not. Forgotten with a refusal (CON-5). */
  readonly dayReason?: string;
  /** Forgotten when a refusal is registered (CON-5). Views ask `sharedContent` instead of reading it here. */
  readonly reason?: string;
  readonly information?: {
    readonly informed: boolean;
    readonly oral: boolean;
    readonly written: boolean;
    readonly reason?: string;
    readonly at: Instant;
    readonly by: Actor;
  };
  /** All decisions, oldest first; the current one is the last without `endedAt`. */
  readonly decisions: readonly RegisteredDecision[];
  readonly publishedAt?: Instant;
  /** How much of the content has been published and may still be shown; absent before publication (CON-5, CON-8). */
  readonly sharing?: 'minimum' | 'full';
  readonly ready?: {
    readonly date: LocalDate;
    readonly doctor: HsaId;
    readonly doctorName: string;
    readonly at: Instant;
  };
  readonly discharge?: {
    readonly dischargedAt: Instant;
    readonly form: DischargeForm;
    readonly dischargedTo?: string;
    readonly comment?: string;
    readonly at: Instant;
  };
  readonly journalDischargedAt?: Instant;
  /** What the journal last told the case about the day of discharge; without a day it expects none any more. */
  readonly journalExpects?: { readonly date?: LocalDate };
  readonly participants: Readonly<Record<HsaId, Participant>>;
  /** Units that took part, saw the content and have left: they know of the person (VIEW-11). */
  readonly left?: readonly HsaId[];
  /** The sides of units that have left; of those that left before this was kept, none is known. */
  readonly formerSides?: Readonly<Record<HsaId, Side>>;
  /** What each unit that takes part, or ever did, was called when it joined. */
  readonly unitNames: Readonly<Record<HsaId, string>>;
  readonly contacts: Readonly<
    Record<
      HsaId,
      {
        readonly name: string;
        readonly unit: HsaId;
        readonly callsToSip: boolean;
        readonly responsibility?: string;
      }
    >
  >;
  /** Sides that could not be addressed and why (ADR-13). */
  readonly notAddressed: Readonly<Partial<Record<AddressedSide, AddressingFailureCause>>>;
  /** Where the patient is listed, once that is another unit than the case was addressed to (ADR-7). */
  readonly listed?: HsaId;
  readonly todos: Readonly<Record<string, Todo>>;
  /** Keys of to-dos that a discharge or a freeze interrupted; they come back when it is undone. */
  readonly interrupted: readonly string[];
  /** How many rounds of acknowledging each step has had. */
  readonly rounds: Readonly<Record<AcknowledgedStep, number>>;
  readonly notices: Readonly<Record<string, Notice>>;
  readonly steps: Readonly<Record<StepName, StepState>>;
};
