import { accept, reject } from '../rejection.js';
import type { Decision } from '../rejection.js';
import { hoursAfter, isBefore, isInFuture, isInstant } from '../time.js';
import { happened, stated } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from './events.js';
import { admit, hospitalStep, withoutDecision } from './guards.js';
import { tell } from './notices.js';
import { everyUnit, isRefused, policyOfCase } from './questions.js';
import type { SvuState } from './state.js';
import { endTodos, interruptTodos, resumeTodos } from './todos.js';

/** The warning of SVU-21, by the code under which it is confirmed. */
const noContact = 'no-contact-calls-to-sip';

/**
 * SVU-21: the hospital publishes the discharge. Nobody who calls to the SIP is a warning that can be confirmed; not under
 * refusal, where there is nothing to call to. A comment is not in the minimum of CON-5.
 */
export function decideDischarge(command: CommandOf<'discharge'>, state: SvuState): Decision<SvuEvent> {
  const { refusal } = admit(command, state, hospitalStep('only-hospital-discharges', ['published']));
  if (refusal !== undefined) return refusal;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  const { data, at } = command;
  const dischargedTo = stated(data.dischargedTo);
  const comment = stated(data.comment);
  if (!isInstant(data.dischargedAt)) return reject('time-not-understood', { field: 'dischargedAt' });
  if (isInFuture(data.dischargedAt, at)) return reject('discharge-in-the-future', { field: 'dischargedAt' });
  if (isBefore(data.dischargedAt, state.admittedAt)) {
    return reject('discharged-before-admission', { field: 'dischargedAt' });
  }
  if (data.form === 'discharge' && dischargedTo === undefined) {
    return reject('discharged-to-required', { field: 'dischargedTo' });
  }
  if (comment !== undefined && isRefused(state))
    return reject('refusal-shares-minimum', { field: 'comment' });
  const warned = !isRefused(state) && !Object.values(state.contacts).some((each) => each.callsToSip);
  if (warned && !data.confirmedWarnings.includes(noContact)) {
    return reject(noContact, { field: 'confirmedWarnings' });
  }
  return accept(
    happened(command, 'Discharged', {
      dischargedAt: data.dischargedAt,
      form: data.form,
      dischargedTo: dischargedTo ?? '',
      ...(comment === undefined ? {} : { comment }),
      confirmedWarnings: warned ? [noContact] : [],
    }),
  );
}

/** SVU-23: every part is locked, so what was left to do is interrupted; the journal's reminder has been answered. */
export function evolveDischarged(state: SvuState, event: EventOf<'Discharged'>): SvuState {
  const { confirmedWarnings: _confirmed, ...data } = event.data;
  const answered = endTodos(state, (todo) => todo.kind === 'publish-discharge', 'completed', event);
  const discharged: SvuState = { ...answered, phase: 'discharged', discharge: { ...data, at: event.at } };
  return tell(interruptTodos(discharged, event), 'discharge', everyUnit(state), data, event);
}

/** SVU-24: the discharge is undone while the case is on the list, unless another case was opened meanwhile (SVU-2). */
export function decideUndoDischarge(
  command: CommandOf<'undo-discharge'>,
  state: SvuState,
): Decision<SvuEvent> {
  const { refusal } = admit(command, state, hospitalStep('only-hospital-undoes-discharge', ['discharged']));
  if (refusal !== undefined) return state.phase === 'draft' ? reject('not-discharged') : refusal;
  const hours = policyOfCase(state).listedAfterDischargeHours;
  if (state.discharge !== undefined && isBefore(hoursAfter(state.discharge.at, hours), command.at)) {
    return reject('undo-too-late', { values: { hours: String(hours) } });
  }
  if (command.data.openSvu !== undefined) {
    return reject('svu-already-open', { values: { case: command.data.openSvu } });
  }
  const reason = stated(command.data.reason);
  return accept(
    happened(command, 'DischargeUndone', reason === undefined || isRefused(state) ? {} : { reason }),
  );
}

/** The parts open again, with what was left to do; by policy the receivers get a general message (MSG-6). */
export function evolveDischargeUndone(state: SvuState, event: EventOf<'DischargeUndone'>): SvuState {
  const { discharge: _undone, ...rest } = state;
  const message = policyOfCase(state).undoneDischarge === 'message';
  return tell(
    resumeTodos({ ...rest, phase: 'published' }),
    'discharge-undone',
    everyUnit(state),
    { reason: event.data.reason, presentedAs: message ? 'general-message' : undefined },
    event,
  );
}
