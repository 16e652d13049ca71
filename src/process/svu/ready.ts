import { happened, stated } from '../case/event.js';
import type { OfType } from '../case/event.js';
import { admit, faultInText, withoutDecision } from '../case/guards.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isLocalDate, localDateOf } from '../time.js';
import type { Command, HsaId, LocalDate, ProcessEvent } from '../vocabulary.js';
import { closeRound, openRound } from './acknowledgement-rounds.js';
import { sendMessage } from './general-message.js';
import { answerJournal } from './journal-expectation.js';
import { faultInExpectedDischarge, tellChangedDay, withDay } from './planned-discharge.js';
import { sendAdmissionNotice, sendReady } from './publishing.js';
import { faultInReadyDate, readyCountsFrom } from './ready-day.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { hospitalStep } from './guards.js';
import { sendNotice } from './notices.js';
import { policyOfSvu } from './settings.js';

export type ReadyCommand =
  | Command<
      'report-ready',
      {
        readonly date: LocalDate;
        readonly doctor: HsaId;
        readonly doctorName: string;
        /** What the catalogue says: a doctor by licence or title, and of the hospital (SVU-43). */
        readonly isHospitalDoctor: boolean;
        /** It is a decision under LPT 7 a §, which counts as the notice (SVU-31). */
        readonly decisionLpt7a?: boolean;
      }
    >
  | Command<'withdraw-ready', { readonly expectedDischarge: LocalDate; readonly reason?: string }>;

export type ReadyEvent =
  | ProcessEvent<
      'ReadyReported',
      {
        readonly date: LocalDate;
        readonly doctor: HsaId;
        readonly doctorName: string;
        readonly decisionLpt7a?: true;
      }
    >
  | ProcessEvent<'ReadyWithdrawn', { readonly expectedDischarge: LocalDate; readonly reason?: string }>;

export const ready: Subject<SvuState, ReadyCommand, ReadyEvent> = {
  decide: { 'report-ready': decideReportReady, 'withdraw-ready': decideWithdrawReady },
  evolve: { ReadyReported: evolveReadyReported, ReadyWithdrawn: evolveReadyWithdrawn },
};

/**
 * SVU-10, SVU-43: the hospital reports the patient ready, with date and responsible doctor; under refusal only where the policy
 * says so (SVU-33). Reported again with another date or doctor, it is changed (SVU-12). A decision under LPT 7 a § counts as the notice, and its
 * doctor is who decided (SVU-31).
 */
function decideReportReady(
  command: OfType<ReadyCommand, 'report-ready'>,
  state: SvuState,
): Decision<ReadyEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-reports-ready', ['published']));
  if (rejected !== undefined) return rejected;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  const policy = policyOfSvu(state);
  if (isRefused(state) && !policy.readyUnderRefusal) return reject('ready-under-refusal');
  // What is reported now would stay hidden until the admission notice is published in full (CON-5).
  if (state.sharing === 'minimum' && !policy.readyUnderRefusal) return reject('publish-in-full-first');
  const { date } = command.data;
  const doctor = stated(command.data.doctor);
  const doctorName = stated(command.data.doctorName);
  if (!isLocalDate(date)) return reject('time-not-understood', { field: 'date' });
  if (date < localDateOf(state.admittedAt)) return reject('ready-before-admission', { field: 'date' });
  const misdated = faultInReadyDate(date, localDateOf(command.at), policy.readyDate);
  if (misdated !== undefined) return misdated;
  if (doctor === undefined || doctorName === undefined) return reject('doctor-required', { field: 'doctor' });
  if (!command.data.isHospitalDoctor) return reject('not-a-hospital-doctor', { field: 'doctor' });
  const decision = command.data.decisionLpt7a === true ? ({ decisionLpt7a: true } as const) : {};
  const { ready: told } = state;
  if (told?.date === date && told.doctor === doctor && told.decisionLpt7a === decision.decisionLpt7a)
    return accept();
  return accept(happened(command, 'ReadyReported', { date, doctor, doctorName, ...decision }));
}

/** SVU-13: each Ö and K unit acknowledges ready. Reported again with the same date, it counts from the same day as before (SVU-11). */
function evolveReadyReported(state: SvuState, event: OfType<ReadyEvent, 'ReadyReported'>): SvuState {
  const before = state.ready?.date === event.data.date ? state.ready : undefined;
  const countsFrom = before?.countsFrom ?? readyCountsFrom(policyOfSvu(state), event.at);
  const ready = {
    ...event.data,
    at: event.at,
    ...(before === undefined ? {} : { firstAt: before.firstAt ?? before.at }),
    ...(countsFrom === undefined ? {} : { countsFrom }),
  };
  return sendReady({ ...state, ready }, event);
}

/** SVU-12: the hospital withdraws ready and sets a new expected discharge. */
function decideWithdrawReady(
  command: OfType<ReadyCommand, 'withdraw-ready'>,
  state: SvuState,
): Decision<ReadyEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-withdraws-ready', ['published']));
  if (rejected !== undefined) return rejected;
  if (state.ready === undefined) return reject('not-ready');
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  const { expectedDischarge } = command.data;
  const fault = faultInExpectedDischarge(state, expectedDischarge, 'expectedDischarge');
  if (fault !== undefined) return fault;
  if (expectedDischarge < localDateOf(command.at)) {
    return reject('expected-discharge-passed', { field: 'expectedDischarge' });
  }
  const reason = stated(command.data.reason);
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  return accept(
    happened(command, 'ReadyWithdrawn', {
      expectedDischarge,
      ...(reason === undefined ? {} : { reason }),
    }),
  );
}

/**
 * SVU-12, by policy: units acknowledge the new day, or they get a general message (MSG-6) and the admission notice again.
 * Where a refusal hides that the patient ever was ready, only the day is told to have changed (CON-5); that ready was withdrawn is told
 * once all is shared again, for then the ready notice is to be read again.
 */
function evolveReadyWithdrawn(state: SvuState, event: OfType<ReadyEvent, 'ReadyWithdrawn'>): SvuState {
  const { expectedDischarge, reason } = event.data;
  const policy = policyOfSvu(state);
  const { ready: _withdrawn, ...rest } = state;
  const changed = answerJournal(closeRound(withDay(rest, expectedDischarge, reason), 'ready', event), event);
  const hidden = isRefused(state) && !policy.readyUnderRefusal;
  const content = { expectedDischarge, reason };
  if (!hidden && policy.withdrawnReady === 'message-and-admission-notice') {
    const told = sendMessage(changed, 'ready-withdrawn', content, event);
    return sendAdmissionNotice(closeRound(told, 'planned-discharge', event), event);
  }
  if (hidden) return tellChangedDay({ ...changed, withdrawalUntold: true }, reason, event);
  const { state: sent, key } = sendNotice(changed, 'ready-withdrawn', everyUnit(changed), content, event);
  return openRound(sent, 'planned-discharge', key, event);
}
