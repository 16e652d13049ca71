import type { RecordedNpoDecision } from '../case/npo-decision.js';
import type { CaseState } from '../case/state.js';
import type { Actor, HsaId, Instant, LocalDate, Notice, Todo, Uuid } from '../vocabulary.js';
import type { CopyTaker } from './copy-takers.js';
import type { GroundMoved, PlanningMoved } from './ground-moved.js';
import type { CoordinatedCarePlan, ForgottenFact, PlacingMunicipality } from './care-outside.js';
import type { DocumentStep, StepName, Steps } from './step-names.js';
import type { Statement } from './signatures.js';
import type { svuTables } from './tables.js';
import type { MomentsOfSvu } from './moments.js';

/** SVU-21: the patient was discharged, or the case ended early, e.g. by a death. */
export const dischargeForms = ['discharge', 'early-end'] as const;

export type DischargeForm = (typeof dischargeForms)[number];

/** The steps that receiving units acknowledge, round by round. */
export type AcknowledgedStep = Exclude<StepName, DocumentStep | 'discharge'>;
export type StepState = 'not-begun' | 'awaiting' | 'partly' | 'done';

/** What the municipality last stated of the going home (SVU-37). */
export type StatedHomecoming = {
  /** The unit that stated it. */
  readonly unit: HsaId;
  /** Forgotten with a refusal (CON-5). */
  readonly homeAt?: Instant;
  readonly met?: boolean;
  /** Whether the ground it was stated on has not moved since (src/process/svu/homecoming-ground.ts). */
  readonly standing: boolean;
  /** Why it does not stand, until those concerned have been told. */
  readonly untold?: GroundMoved;
  /** The notice by which they were. */
  readonly notice?: string;
};

/** What a unit said of its own planning (SVU-27). */
export type ReportedPlanning = {
  readonly at: Instant;
  /** From when the patient is welcome home; of a unit of the municipality. Forgotten with a refusal (CON-5). */
  readonly welcomeFrom?: Instant;
  /** Why it does not stand, until those concerned have been told; then it is gone. */
  readonly untold?: PlanningMoved;
};

export type SvuTodoKind = keyof typeof svuTables.todos;
export type SvuNoticeKind = keyof typeof svuTables.notices;

/** Where the patient was moved to. `elsewhere`: the ward is of another organisation than the one of the case (ORG-3). */
export type Move = {
  /** Left out: one that nobody here knows. */
  readonly ward?: HsaId;
  readonly wardName?: string;
  readonly known: boolean;
  readonly elsewhere?: boolean;
  /** The notice by which a ward of another organisation is asked. */
  readonly notice?: Uuid;
};

/** A stay that is not the one of the case, and where it is within the organisation of the case (ORG-3). */
type AdmittedElsewhere = {
  readonly stayId: Uuid;
  readonly ward?: HsaId;
  readonly wardName?: string;
};

type CaseWithMoments = CaseState & MomentsOfSvu;

/** The folded state of an SVU case: what every case has, and its own. `undefined` before it is opened. All fields serialisable. */
export type SvuState = CaseWithMoments & {
  readonly kind: 'svu';
  /** Which of the rules that came later hold of the case (src/process/svu/followings.ts); left out: none. */
  readonly rules?: number;
  readonly stayId?: Uuid;
  readonly phase: 'draft' | 'published' | 'discharged' | 'annulled';
  readonly ward: HsaId;
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
  readonly ready?: {
    readonly date: LocalDate;
    readonly doctor: HsaId;
    readonly doctorName: string;
    readonly at: Instant;
    /** When it was first reported with its day; left out: then. */
    readonly firstAt?: Instant;
    /** The day it counts from, where the policy counts one (SVU-11). */
    readonly countsFrom?: LocalDate;
    /** It is a decision under LPT 7 a § (SVU-31). */
    readonly decisionLpt7a?: true;
  };
  /** Ready was withdrawn while a refusal hid it: receivers are told when all is shared again (SVU-12). */
  readonly withdrawalUntold?: true;
  readonly discharge?: {
    readonly dischargedAt: Instant;
    readonly form: DischargeForm;
    readonly dischargedTo?: string;
    readonly comment?: string;
    readonly at: Instant;
  };
  /** SVU-28: the ward says that the stay is short and the needs unchanged. Forgotten with a refusal (CON-5), as the next three. */
  readonly shortStay?: true;
  /** SVU-31 */
  readonly coordinatedCarePlan?: CoordinatedCarePlan;
  /** CON-9 */
  readonly npoDecision?: RecordedNpoDecision;
  /** ADR-9 */
  readonly placing?: PlacingMunicipality;
  /** What of these two a refusal made the case forget and receivers were told of: they hear that it does not hold when all is shared again. */
  readonly forgottenUntold?: readonly ForgottenFact[];
  readonly homecoming?: StatedHomecoming;
  /** By unit; where the policy has it said. */
  readonly planning?: Readonly<Record<HsaId, ReportedPlanning>>;
  /** The printed copy of the patient information that was handed over last (SVU-26). In no minimum. */
  readonly informationHandedOver?: { readonly handedOverAt: Instant; readonly to: CopyTaker };
  /** Left out: nobody has completed or signed it. */
  readonly statement?: Statement;
  /** Where the journal says that the patient of a case that is over is now; the case goes there when its discharge is undone. */
  readonly movedSince?: Move;
  /** Other stays of the patient that its ward was asked about (CON-14); older logs do not say which. */
  readonly admittedElsewhere?: readonly AdmittedElsewhere[];
  /** When the case was annulled because the journal said that its stay never was; it comes back with the stay. */
  readonly annulledByJournalAt?: Instant;
  /** Wards of other organisations that were asked to agree on the planning, with the notice of each (SVU-42). */
  readonly askedElsewhere?: Readonly<Record<HsaId, Uuid>>;
  /** What the journal last told the case about the day of discharge; without a day it expects none any more. */
  readonly journalExpects?: { readonly date?: LocalDate };
  readonly todos: Readonly<Record<string, Todo<SvuTodoKind>>>;
  readonly notices: Readonly<Record<string, Notice<SvuNoticeKind>>>;
  readonly rounds: Readonly<Record<AcknowledgedStep, number>>;
  readonly steps: Steps<StepState>;
};
