import type { Decider } from '../decider.js';
import { reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import {
  decideCompleteTodo,
  decideUpdateTodo,
  evolveTodoCompleted,
  evolveTodoUpdated,
} from '../case/acknowledging.js';
import { decideAddress, evolveAddressingFailed, evolveAddressingSettled } from '../case/addressing.js';
import { decideRecordNeedsAssessment, evolveNeedsAssessed } from './admission-notice-due.js';
import { decideAnnul, evolveAnnulled } from './annulling.js';
import * as cancellations from './cancellations.js';
import type { SvuCommand } from './commands.js';
import * as consent from '../case/decisions.js';
import {
  decideNameContact,
  decideRemoveContact,
  evolveContactNamed,
  evolveContactRemoved,
} from '../case/contacts.js';
import {
  decideDischarge,
  decideUndoDischarge,
  evolveDischarged,
  evolveDischargeUndone,
} from './discharge.js';
import type { SvuEvent } from './events.js';
import * as facts from './facts.js';
import { decideFreeze, decideUnfreeze, evolveFrozen, evolveUnfrozen } from '../case/freezing.js';
import * as identity from '../case/identity.js';
import {
  decideNoteJournalExpectedDischarge,
  evolveJournalExpectedDischargeNoted,
} from './journal-expectation.js';
import { blank, decideOpen, evolveCaseOpened } from './opening.js';
import * as participants from '../case/participants.js';
import { decideChangePlannedDischarge, evolvePlannedDischargeChanged } from './planned-discharge.js';
import { decidePublish, evolvePublished } from './publishing.js';
import {
  decideReportReady,
  decideWithdrawReady,
  evolveReadyReported,
  evolveReadyWithdrawn,
} from './ready.js';
import { evolveListedUnitChanged } from '../case/relisting.js';
import type { SvuState } from './state.js';
import { stepsOf } from './steps.js';
import { decideChangeWard, evolveMovedElsewhereNoted, evolveWardChanged } from './ward.js';

/** Coordination at discharge: every rule of an SVU case, one file for each subject. */
export const svu: Decider<SvuState, SvuCommand, SvuEvent> = { decide, evolve };

function decide(command: SvuCommand, state: SvuState | undefined): Decision<SvuEvent> {
  if (command.type === 'open') return decideOpen(command, state);
  if (state === undefined) return reject('no-such-case');
  switch (command.type) {
    case 'address':
      return decideAddress(command, state);
    case 'record-patient-information':
      return consent.decideRecordInformation(command, state);
    case 'record-needs-assessment':
      return decideRecordNeedsAssessment(command, state);
    case 'register-decision':
      return consent.decideRegisterDecision(command, state);
    case 'deregister-decision':
      return consent.decideDeregisterDecision(command, state);
    case 'publish-admission-notice':
      return decidePublish(command, state);
    case 'complete-todo':
      return decideCompleteTodo(command, state);
    case 'update-todo':
      return decideUpdateTodo(command, state);
    case 'change-planned-discharge':
      return decideChangePlannedDischarge(command, state);
    case 'report-ready':
      return decideReportReady(command, state);
    case 'withdraw-ready':
      return decideWithdrawReady(command, state);
    case 'discharge':
      return decideDischarge(command, state);
    case 'undo-discharge':
      return decideUndoDischarge(command, state);
    case 'annul':
      return decideAnnul(command, state);
    case 'add-participant':
      return participants.decideAddParticipant(command, state);
    case 'remove-participant':
      return participants.decideRemoveParticipant(command, state);
    case 'name-contact':
      return decideNameContact(command, state);
    case 'remove-contact':
      return decideRemoveContact(command, state);
    case 'change-ward':
      return decideChangeWard(command, state);
    case 'note-journal-discharge':
      return facts.decideNoteJournalDischarge(command, state);
    case 'note-journal-expected-discharge':
      return decideNoteJournalExpectedDischarge(command, state);
    case 'note-admission-cancelled':
      return cancellations.decideNoteAdmissionCancelled(command, state);
    case 'note-admission-restored':
      return cancellations.decideNoteAdmissionRestored(command, state);
    case 'note-discharge-cancelled':
      return cancellations.decideNoteDischargeCancelled(command, state);
    case 'note-register-change':
      return facts.decideNoteRegisterChange(command, state);
    case 'link-stay':
      return facts.decideLinkStay(command, state);
    case 'note-admission-elsewhere':
      return facts.decideNoteAdmissionElsewhere(command, state);
    case 'replace-person':
      return identity.decideReplacePerson(command, state);
    case 'question-identity':
      return identity.decideQuestionIdentity(command, state);
    case 'settle-identity':
      return identity.decideSettleIdentity(command, state);
    case 'freeze':
      return decideFreeze(command, state);
    case 'unfreeze':
      return decideUnfreeze(command, state);
    default:
      command satisfies never;
      return reject('step-unknown');
  }
}

/** Never refuses: an event that this build does not know changes nothing, and a log without its beginning is borne. */
function evolve(state: SvuState | undefined, event: SvuEvent): SvuState {
  const next = apply(state ?? blank(event), event, state === undefined);
  return { ...next, steps: stepsOf(next) };
}

function apply(state: SvuState, event: SvuEvent, first: boolean): SvuState {
  switch (event.type) {
    case 'CaseOpened':
      return first ? evolveCaseOpened(event) : state;
    case 'ParticipantAdded':
      return participants.evolveParticipantAdded(state, event);
    case 'ParticipantRemoved':
      return participants.evolveParticipantRemoved(state, event);
    case 'AddressingFailed':
      return evolveAddressingFailed(state, event);
    case 'AddressingSettled':
      return evolveAddressingSettled(state, event);
    case 'PatientInformationRecorded':
      return consent.evolveInformationRecorded(state, event);
    case 'NeedsAssessed':
      return evolveNeedsAssessed(state, event);
    case 'DecisionRegistered':
      return consent.evolveDecisionRegistered(state, event);
    case 'DecisionDeregistered':
      return consent.evolveDecisionDeregistered(state, event);
    case 'AdmissionNoticePublished':
      return evolvePublished(state, event);
    case 'TodoCompleted':
      return evolveTodoCompleted(state, event);
    case 'TodoUpdated':
      return evolveTodoUpdated(state, event);
    case 'PlannedDischargeChanged':
      return evolvePlannedDischargeChanged(state, event);
    case 'ReadyReported':
      return evolveReadyReported(state, event);
    case 'ReadyWithdrawn':
      return evolveReadyWithdrawn(state, event);
    case 'Discharged':
      return evolveDischarged(state, event);
    case 'DischargeUndone':
      return evolveDischargeUndone(state, event);
    case 'CaseAnnulled':
      return evolveAnnulled(state, event);
    case 'ContactNamed':
      return evolveContactNamed(state, event);
    case 'ContactRemoved':
      return evolveContactRemoved(state, event);
    case 'WardChanged':
      return evolveWardChanged(state, event);
    case 'MovedElsewhereNoted':
      return evolveMovedElsewhereNoted(state, event);
    case 'JournalDischargeNoted':
      return facts.evolveJournalDischargeNoted(state, event);
    case 'JournalExpectedDischargeNoted':
      return evolveJournalExpectedDischargeNoted(state, event);
    case 'AdmissionCancellationNoted':
      return cancellations.evolveAdmissionCancellationNoted(state, event);
    case 'AdmissionRestorationNoted':
      return cancellations.evolveAdmissionRestorationNoted(state, event);
    case 'DischargeCancellationNoted':
      return cancellations.evolveDischargeCancellationNoted(state, event);
    case 'RegisterChangeNoted':
      return facts.evolveRegisterChangeNoted(state, event);
    case 'ListedUnitChanged':
      return evolveListedUnitChanged(state, event);
    case 'StayLinked':
      return facts.evolveStayLinked(state, event);
    case 'AdmissionElsewhereNoted':
      return facts.evolveAdmissionElsewhereNoted(state, event);
    case 'PersonReplaced':
      return identity.evolvePersonReplaced(state, event);
    case 'IdentityQuestioned':
      return identity.evolveIdentityQuestioned(state, event);
    case 'IdentitySettled':
      return identity.evolveIdentitySettled(state, event);
    case 'CaseFrozen':
      return evolveFrozen(state, event);
    case 'CaseUnfrozen':
      return evolveUnfrozen(state, event);
    default:
      return state;
  }
}
