import { happened, stated } from '../case/event.js';
import type { Moment } from '../case/event.js';
import { admit, faultInText, withoutDecision } from '../case/guards.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isLocalDate, localDateOf } from '../time.js';
import type { Command, LocalDate, ProcessEvent } from '../vocabulary.js';
import { closeRound, openRound } from './acknowledgement-rounds.js';
import { answerJournal } from './journal-expectation.js';
import { sendAdmissionNotice } from './publishing.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { hospitalStep } from './guards.js';
import { sendNotice } from './notices.js';
import { policyOfSvu } from './settings.js';

export type PlannedDischargeCommand = Command<
  'change-planned-discharge',
  { readonly date: LocalDate; readonly reason?: string }
>;

export type PlannedDischargeEvent =
  /** Under refusal no reason is kept (CON-5). */
  ProcessEvent<'PlannedDischargeChanged', { readonly date: LocalDate; readonly reason?: string }>;

export const plannedDischarge: Subject<SvuState, PlannedDischargeCommand, PlannedDischargeEvent> = {
  decide: { 'change-planned-discharge': decideChangePlannedDischarge },
  evolve: { PlannedDischargeChanged: evolvePlannedDischargeChanged },
};

/**
 * SVU-9: the hospital changes the expected discharge with a reason. In a draft it just corrects it: nobody has been told, and
 * nobody would read why. Under refusal the date is shared and the reason is not, so none is asked for and none is taken (CON-5).
 * A reason for a day that does not change is told to nobody, unless it repeats what was told.
 */
function decideChangePlannedDischarge(
  command: PlannedDischargeCommand,
  state: SvuState,
): Decision<PlannedDischargeEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-changes-planned-discharge'));
  if (rejected !== undefined) return rejected;
  const { date } = command.data;
  const reason = stated(command.data.reason);
  const fault = faultInExpectedDischarge(state, date, 'date');
  if (fault !== undefined) return fault;
  if (state.phase === 'draft') {
    if (reason !== undefined) return reject('draft-day-has-no-reason', { field: 'reason' });
    return date === state.expectedDischarge
      ? accept()
      : accept(happened(command, 'PlannedDischargeChanged', { date }));
  }
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (state.ready !== undefined) return reject('ready-stands');
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  if (date === state.expectedDischarge) {
    return reason === undefined || reason === state.dayReason
      ? accept()
      : reject('planned-discharge-unchanged', { field: 'date' });
  }
  if (date < localDateOf(command.at)) return reject('expected-discharge-passed', { field: 'date' });
  if (isRefused(state)) return accept(happened(command, 'PlannedDischargeChanged', { date }));
  if (reason === undefined) return reject('change-reason-required', { field: 'reason' });
  return accept(happened(command, 'PlannedDischargeChanged', { date, reason }));
}

/** The expected discharge is a day, and not before the day of admission. */
export function faultInExpectedDischarge(
  state: SvuState,
  date: LocalDate,
  field: string,
): Decision<never> | undefined {
  if (!isLocalDate(date)) return reject('time-not-understood', { field });
  return date < localDateOf(state.admittedAt) ? reject('discharge-before-admission', { field }) : undefined;
}

/** The case with a new day, and why. */
export function withDay(state: SvuState, day: LocalDate, reason: string | undefined): SvuState {
  const { dayReason: _before, ...rest } = state;
  return { ...rest, expectedDischarge: day, ...(reason === undefined ? {} : { dayReason: reason }) };
}

/** In a draft nobody has been told of the day before. */
function evolvePlannedDischargeChanged(state: SvuState, event: PlannedDischargeEvent): SvuState {
  const { date, reason } = event.data;
  const changed = answerJournal(withDay(state, date, reason), event);
  return state.phase === 'published' ? tellChangedDay(changed, reason, event) : changed;
}

/**
 * SVU-9, by policy: the other sides' units acknowledge the new day, and what they had left to acknowledge of an earlier day goes
 * away; or they get the admission notice again with the new day and why it changed, and acknowledge that.
 */
export function tellChangedDay(state: SvuState, reason: string | undefined, event: Moment): SvuState {
  if (policyOfSvu(state).changedPlannedDischarge === 'admission-notice') {
    return sendAdmissionNotice(closeRound(state, 'planned-discharge', event), event, {
      changeReason: reason,
    });
  }
  const { expectedDischarge } = state;
  const { state: sent, key } = sendNotice(
    state,
    'planned-discharge-changed',
    everyUnit(state),
    { expectedDischarge, reason },
    event,
  );
  return openRound(sent, 'planned-discharge', key, event);
}
