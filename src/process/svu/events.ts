import type { CasePolicy } from '../policy/policy.js';
import type { HsaId, Instant, LocalDate, ProcessEvent, Side, TodoUpdate, Uuid } from '../vocabulary.js';
import type { AddressedSide, AddressingFailureCause, IdentityQuestion, RegisterChange } from './commands.js';

/** The one current decision of a case (CON-2), who gave it and how (CON-12), and what a harm assessment needs (CON-3, CON-4, CON-13). */
export type DecisionData =
  | {
      readonly kind: 'consent' | 'refusal';
      readonly form: 'oral' | 'written';
      readonly givenBy: 'patient' | 'guardian' | 'legal-representative';
    }
  | {
      readonly kind: 'harm-assessment';
      readonly assessor: HsaId;
      readonly assessorName: string;
      readonly assessorTitle: string;
      readonly assessorLicensed: boolean;
      readonly reasonConsentUnavailable: string;
      /** Answers to the two questions of CON-4, where asked. */
      readonly mayHarm?: boolean;
      readonly necessary?: boolean;
    }
  | { readonly kind: 'secrecy-breaking-rule'; readonly law: 'LPT' | 'LRV' };

/** SVU-21: the patient was discharged, or the case ended early, e.g. by a death. */
export type DischargeForm = 'discharge' | 'early-end';

/** Everything that can have happened to an SVU case. The log keeps these for ever: a change of shape is a new type version with an upcaster. */
export type SvuEvent =
  | ProcessEvent<
      'CaseOpened',
      {
        readonly personId: Uuid;
        readonly policy: CasePolicy;
        readonly stayId?: Uuid;
        readonly ward: HsaId;
        readonly organisation: string;
        readonly admittedAt: Instant;
        readonly expectedDischarge: LocalDate;
        readonly reason?: string;
        readonly needsAssessedAt?: Instant;
      }
    >
  | ProcessEvent<
      'ParticipantAdded',
      {
        readonly unit: HsaId;
        readonly unitName?: string;
        readonly side: Side;
        readonly ground: 'opened' | 'listing' | 'register' | 'by-hand' | 'ward-change';
      }
    >
  /** `handedOverTo`: the unit was the ward of the case, which this one has from now on (SVU-42). */
  | ProcessEvent<
      'ParticipantRemoved',
      { readonly unit: HsaId; readonly reason?: string; readonly handedOverTo?: HsaId }
    >
  | ProcessEvent<'AddressingFailed', { readonly side: AddressedSide; readonly cause: AddressingFailureCause }>
  /** A lookup that was down has answered, and the units it would address take part already (ADR-13). */
  | ProcessEvent<'AddressingSettled', { readonly side: AddressedSide }>
  | ProcessEvent<
      'PatientInformationRecorded',
      {
        readonly informed: boolean;
        readonly oral: boolean;
        readonly written: boolean;
        readonly reason?: string;
      }
    >
  | ProcessEvent<'NeedsAssessed', { readonly needsAssessedAt: Instant }>
  | ProcessEvent<'DecisionRegistered', { readonly decisionId: Uuid } & DecisionData>
  | ProcessEvent<'DecisionDeregistered', { readonly decisionId: Uuid }>
  | ProcessEvent<'AdmissionNoticePublished', { readonly minimum: boolean; readonly reason?: string }>
  | ProcessEvent<'TodoCompleted', { readonly key: string; readonly unit: HsaId }>
  /** What a unit said of its to-do. Notes are for the unit alone. */
  | ProcessEvent<'TodoUpdated', { readonly key: string; readonly unit: HsaId } & TodoUpdate>
  /** Under refusal no reason is kept (CON-5). */
  | ProcessEvent<'PlannedDischargeChanged', { readonly date: LocalDate; readonly reason?: string }>
  | ProcessEvent<
      'ReadyReported',
      { readonly date: LocalDate; readonly doctor: HsaId; readonly doctorName: string }
    >
  | ProcessEvent<'ReadyWithdrawn', { readonly expectedDischarge: LocalDate; readonly reason?: string }>
  | ProcessEvent<
      'Discharged',
      {
        readonly dischargedAt: Instant;
        readonly form: DischargeForm;
        /** Where to; of an early end where it was stated. Older logs hold an empty text for none. */
        readonly dischargedTo?: string;
        readonly comment?: string;
        readonly confirmedWarnings: readonly string[];
      }
    >
  | ProcessEvent<'DischargeUndone', { readonly reason?: string }>
  | ProcessEvent<'CaseAnnulled', { readonly reason?: string }>
  | ProcessEvent<
      'ContactNamed',
      {
        readonly contact: HsaId;
        readonly contactName: string;
        readonly unit: HsaId;
        readonly callsToSip: boolean;
        readonly responsibility?: string;
      }
    >
  | ProcessEvent<'ContactRemoved', { readonly contact: HsaId }>
  /** `from`: the ward that left with it; absent where the patient is back, and in logs that told that by events of its own. */
  | ProcessEvent<'WardChanged', { readonly ward: HsaId; readonly wardName?: string; readonly from?: HsaId }>
  /** The patient was moved to a ward of another organisation, which does not take the case along (ORG-3). */
  | ProcessEvent<'MovedElsewhereNoted', { readonly ward: HsaId; readonly wardName?: string }>
  | ProcessEvent<'JournalDischargeNoted', { readonly dischargedAt: Instant }>
  | ProcessEvent<'JournalExpectedDischargeNoted', { readonly date?: LocalDate }>
  | ProcessEvent<'AdmissionCancellationNoted', Record<string, never>>
  | ProcessEvent<'AdmissionRestorationNoted', Record<string, never>>
  | ProcessEvent<'DischargeCancellationNoted', Record<string, never>>
  | ProcessEvent<'RegisterChangeNoted', { readonly changed: readonly RegisterChange[] }>
  /** ADR-7: the patient is listed at another unit; without one: at none that the case could be forwarded to. */
  | ProcessEvent<'ListedUnitChanged', { readonly unit?: HsaId; readonly unitName?: string }>
  /** `instead`: the case was tied to that one before. */
  | ProcessEvent<'StayLinked', { readonly stayId: Uuid; readonly instead?: Uuid }>
  | ProcessEvent<'AdmissionElsewhereNoted', { readonly ward?: HsaId; readonly wardName?: string }>
  | ProcessEvent<'PersonReplaced', { readonly personId: Uuid; readonly replaced: Uuid }>
  | ProcessEvent<'IdentityQuestioned', { readonly cause: IdentityQuestion }>
  | ProcessEvent<'IdentitySettled', Record<string, never>>
  | ProcessEvent<
      'CaseFrozen',
      { readonly cause: 'protected-identity' | 'protection-unknown'; readonly visit?: string }
    >
  | ProcessEvent<'CaseUnfrozen', Record<string, never>>;
