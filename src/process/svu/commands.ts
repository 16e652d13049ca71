import type { Policy } from '../policy/policy.js';
import type {
  Command,
  HsaId,
  Instant,
  LocalDate,
  Side,
  TodoRemarks,
  TodoUpdate,
  Uuid,
} from '../vocabulary.js';
import type { DecisionData, DischargeForm } from './events.js';

/** What a lookup found when the case is opened: the unit to address, or why there is none (ADR-1, ADR-2, ADR-13). */
export type AddressingResult =
  | {
      readonly found: true;
      readonly units: readonly HsaId[];
      /** What the units are called, as the directory says now; staff read names, not ids. */
      readonly unitNames?: Readonly<Record<HsaId, string>>;
    }
  | { readonly found: false; readonly cause: AddressingFailureCause };

export type AddressingFailureCause =
  | 'no-listing' // no valid listing
  | 'listed-unit-unknown' // listed at a unit outside the configuration
  | 'no-municipality' // the register gives no municipality
  | 'municipality-unknown' // a municipality outside the configuration
  | 'service-unavailable' // the lookup service is down: retried
  | 'ward-unknown'; // the journal moved the patient to a ward outside the configuration

/** The sides a case is addressed to by lookup or, for the hospital, by the journal's ward changes. */
export type AddressedSide = 'hospital' | 'outpatient' | 'municipality';

/** Everything anybody can ask of an SVU case. Facts from outside come as commands of a system actor. */
export type SvuCommand =
  | Command<
      'open',
      {
        readonly personId: Uuid;
        readonly policy: Policy;
        readonly stayId?: Uuid;
        readonly admittedAt: Instant;
        readonly expectedDischarge: LocalDate;
        /** May be left out of a draft; publishing more than the minimum needs it (SVU-3, CON-5). */
        readonly reason?: string;
        /** The doctor's later assessment that needs exist (SVU-5). */
        readonly needsAssessedAt?: Instant;
        /** Open cases of the person at this moment (SVU-2). */
        readonly openSvu?: Uuid;
        readonly outpatient: AddressingResult;
        readonly municipality: AddressingResult;
      }
    >
  | Command<'address', { readonly outpatient?: AddressingResult; readonly municipality?: AddressingResult }>
  | Command<
      'record-patient-information',
      {
        readonly informed: boolean;
        readonly oral: boolean;
        readonly written: boolean;
        readonly reason?: string;
      }
    >
  /** The doctor's assessment that needs exist, later than the opening of the case (SVU-5). */
  | Command<'record-needs-assessment', { readonly needsAssessedAt: Instant }>
  | Command<'register-decision', { readonly decisionId: Uuid } & DecisionData>
  | Command<'deregister-decision', { readonly decisionId: Uuid }>
  | Command<
      'publish-admission-notice',
      {
        /** States or restates the reason, e.g. after a refusal made the hub forget it (CON-5). */
        readonly reason?: string;
      }
    >
  | Command<'complete-todo', { readonly key: string } & TodoRemarks>
  /** How far the own unit has come with a to-do, and what it says of it. */
  | Command<'update-todo', { readonly key: string } & TodoUpdate>
  | Command<'change-planned-discharge', { readonly date: LocalDate; readonly reason?: string }>
  | Command<
      'report-ready',
      {
        readonly date: LocalDate;
        readonly doctor: HsaId;
        readonly doctorName: string;
        /** What the catalogue says: a doctor by licence or title, and of the hospital (SVU-43). */
        readonly isHospitalDoctor: boolean;
      }
    >
  | Command<'withdraw-ready', { readonly expectedDischarge: LocalDate; readonly reason?: string }>
  | Command<
      'discharge',
      {
        readonly dischargedAt: Instant;
        readonly form: DischargeForm;
        /** Asked of a discharge; an early end has none to ask for (SVU-21). */
        readonly dischargedTo?: string;
        readonly comment?: string;
        /** Codes of warnings the user has seen and confirmed (SVU-21). */
        readonly confirmedWarnings: readonly string[];
      }
    >
  | Command<
      'undo-discharge',
      {
        readonly reason?: string;
        /** Another open case of the person at this moment (SVU-2). */
        readonly openSvu?: Uuid;
      }
    >
  | Command<'annul', { readonly reason?: string }>
  | Command<
      'add-participant',
      { readonly unit: HsaId; readonly unitName: string; readonly side: Side; readonly organisation: string }
    >
  | Command<
      'remove-participant',
      { readonly unit: HsaId; readonly confirmed: boolean; readonly reason?: string }
    >
  | Command<
      'name-contact',
      {
        readonly contact: HsaId;
        readonly contactName: string;
        readonly callsToSip: boolean;
        readonly responsibility?: string;
      }
    >
  | Command<'remove-contact', { readonly contact: HsaId }>
  // Facts
  /** `elsewhere`: the ward is of another organisation than the one of the case (ORG-3). */
  | Command<
      'change-ward',
      {
        /** Left out: one that nobody here knows. */
        readonly ward?: HsaId;
        readonly wardName?: string;
        readonly known: boolean;
        readonly elsewhere?: boolean;
      }
    >
  | Command<'note-journal-discharge', { readonly dischargedAt: Instant }>
  /** The journal expects another day of discharge; none: it expects none any more. */
  | Command<'note-journal-expected-discharge', { readonly date?: LocalDate }>
  /** The stay of the case never came to be. `elsewhere`: the person has another stay that is under way. */
  | Command<'note-admission-cancelled', { readonly elsewhere: boolean }>
  /** The stay of the case is admitted again after that. */
  | Command<'note-admission-restored', Record<string, never>>
  /** The stay of the case goes on after all. `openSvu`: another open case of the person at this moment (SVU-2). */
  | Command<'note-discharge-cancelled', { readonly openSvu?: Uuid }>
  /** `listed`: where the listing service says now that the patient is listed, told whether it changed or not (ADR-7). */
  | Command<
      'note-register-change',
      { readonly changed: readonly RegisterChange[]; readonly listed?: AddressingResult }
    >
  /** The case was opened before its stay was known; `instead` of one that it was tied to and that fits less. */
  | Command<'link-stay', { readonly stayId: Uuid; readonly instead?: Uuid }>
  /** Another stay has begun. The ward is left out where it is of another organisation than the case (ORG-3). */
  | Command<'note-admission-elsewhere', { readonly ward?: HsaId; readonly wardName?: string }>
  /** PAT-12: the person of the case turned out to be another, whose case it is from now on. */
  | Command<'replace-person', { readonly personId: Uuid; readonly replaced: Uuid }>
  | Command<'question-identity', { readonly cause: IdentityQuestion }>
  /** The other open case of the person is no more. */
  | Command<'settle-identity', Record<string, never>>
  /** `visit`: what the ward's journal calls the stay, by which the ward finds the patient; never a person's number. */
  | Command<
      'freeze',
      { readonly cause: 'protected-identity' | 'protection-unknown'; readonly visit?: string }
    >
  /** The register says clearly that the person is not protected (any more). */
  | Command<'unfreeze', Record<string, never>>;

/**
 * What is uncertain about whose case it is: the register says that the person is another who has an open case too (SVU-2), or
 * the journal merged numbers that the register keeps apart (PAT-2), or told the stay of the case as another person's (PAT-13).
 */
export type IdentityQuestion = 'double-case' | 'not-confirmed' | 'stay-of-another';

/** `unit-closed`: a unit that takes part is closed in the catalogue, or not in it any more. */
export type RegisterChange =
  'name' | 'address' | 'municipality' | 'deceased' | 'deregistered' | 'listing' | 'unit-closed';
