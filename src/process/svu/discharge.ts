import { happened, stated } from '../case/event.js';
import type { Moment, OfType } from '../case/event.js';
import { admit, faultInText, withoutDecision } from '../case/guards.js';
import { showToLate } from '../case/decisions.js';
import { currentDecision, everyUnit, isRefused } from '../case/questions.js';
import { endTodos, interruptTodos, resumeTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isBefore, isInFuture, isInstant } from '../time.js';
import { isAfterEnd } from '../todo/kind-of-todo.js';
import type { Command, Instant, ProcessEvent, Uuid } from '../vocabulary.js';
import { askWard } from './ask-ward.js';
import { warningsOf } from './discharge-warnings.js';
import { forgetFreePlace } from './free-place.js';
import { following } from './reopening.js';
import type { Following } from './reopening.js';
import { offTheList } from './off-the-list.js';
import { presentedAs, sendMessage } from './general-message.js';
import type { DischargeForm, SvuState } from './state.js';
import { reject } from './rejections.js';
import { rulesOfSvu } from './rules-of-svu.js';
import { svuTables } from './tables.js';
import { hospitalStep } from './guards.js';
import { tell } from './notices.js';
import { policyOfSvu } from './settings.js';

export type DischargeCommand =
  | Command<
      'discharge',
      {
        readonly dischargedAt: Instant;
        readonly form: DischargeForm;
        /** Asked of a discharge, and not taken of an early end (SVU-21). */
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
    >;

export type DischargeEvent =
  | ProcessEvent<
      'Discharged',
      {
        readonly dischargedAt: Instant;
        readonly form: DischargeForm;
        /** Where to; of an early end in older logs alone, which also hold an empty text for none. */
        readonly dischargedTo?: string;
        readonly comment?: string;
        readonly confirmedWarnings: readonly string[];
      }
    >
  | ProcessEvent<'DischargeUndone', { readonly reason?: string }>;

export const discharge: Subject<SvuState, DischargeCommand, DischargeEvent, DischargeEvent | Following> = {
  decide: { discharge: decideDischarge, 'undo-discharge': decideUndoDischarge },
  evolve: { Discharged: evolveDischarged, DischargeUndone: evolveDischargeUndone },
};

/**
 * SVU-21: the hospital publishes the discharge, or that the case ends early. Where to belongs to a discharge alone:
 * it is chosen where a discharge was chosen (M 5.11.1), and of a patient who has died it would say what is not so. A comment is not in
 * the minimum of CON-5. A case can end early also while no
 * decision stands, because a death waits for none: what is told then is that it ended, and when (CON-8, decision 64).
 */
function decideDischarge(
  command: OfType<DischargeCommand, 'discharge'>,
  state: SvuState,
): Decision<DischargeEvent> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-discharges', ['published']));
  if (rejected !== undefined) return rejected;
  const { data, at } = command;
  const undecided = withoutDecision(state);
  if (undecided !== undefined && data.form !== 'early-end') return undecided;
  const dischargedTo = stated(data.dischargedTo);
  const comment = stated(data.comment);
  if (!isInstant(data.dischargedAt)) return reject('time-not-understood', { field: 'dischargedAt' });
  if (isInFuture(data.dischargedAt, at)) return reject('discharge-in-the-future', { field: 'dischargedAt' });
  if (isBefore(data.dischargedAt, state.admittedAt)) {
    return reject('discharged-before-admission', { field: 'dischargedAt' });
  }
  const misplaced = faultInPlace(state, data.form, dischargedTo);
  if (misplaced !== undefined) return misplaced;
  const unkept = faultInText(state, comment, 'comment');
  if (unkept !== undefined) return unkept;
  const warnings = warningsOf(state, data.form, data.dischargedAt);
  const unconfirmed = warnings.find(({ code }) => !data.confirmedWarnings.includes(code));
  if (unconfirmed !== undefined) {
    const { code, ...values } = unconfirmed;
    return reject(code, { field: 'confirmedWarnings', ...values });
  }
  return accept(
    happened(command, 'Discharged', {
      dischargedAt: data.dischargedAt,
      form: data.form,
      ...(dischargedTo === undefined ? {} : { dischargedTo }),
      ...(comment === undefined ? {} : { comment }),
      confirmedWarnings: warnings.map(({ code }) => code),
    }),
  );
}

/**
 * SVU-21: a discharge says where to: one of the places of the policy, or, where it has none, what staff write. What is written freely may say
 * more than the minimum, so under a refusal it is not asked and not taken (CON-5).
 */
function faultInPlace(
  state: SvuState,
  form: DischargeForm,
  place: string | undefined,
): Decision<never> | undefined {
  const field = 'dischargedTo';
  if (form === 'early-end') {
    return place === undefined ? undefined : reject('discharged-to-of-early-end', { field });
  }
  const { dischargedTo: places } = policyOfSvu(state);
  if (places.length === 0 && isRefused(state)) return faultInText(state, place, field);
  if (place === undefined) return reject('discharged-to-required', { field });
  return places.length === 0 || places.includes(place)
    ? undefined
    : reject('discharged-to-not-listed', { field, values: { places: places.join(', ') } });
}

/** SVU-23: every part is locked, so what was left to do is interrupted; the journal's reminder has been answered. */
function evolveDischarged(state: SvuState, event: OfType<DischargeEvent, 'Discharged'>): SvuState {
  const { confirmedWarnings: _confirmed, ...data } = event.data;
  const answers = ['publish-discharge', ...(data.form === 'discharge' ? ['receive-at-home'] : [])];
  const answered = endTodos(state, ({ kind }) => answers.includes(kind), 'completed', event);
  const discharged: SvuState = { ...answered, phase: 'discharged', discharge: { ...data, at: event.at } };
  const told = tellEnd(interruptTodos(discharged, event), 'discharge', data, event);
  // Of a log of before: a place was asked for also under a refusal.
  return isRefused(told) ? forgetFreePlace(told) : told;
}

/**
 * The end of a case, or that it is undone, told to every unit; one that joined while no decision stood, and never learnt who the patient is,
 * is told that the planning it knows of has ended, or is open again, and no more (CON-8).
 */
function tellEnd(
  state: SvuState,
  kind: 'discharge' | 'discharge-undone',
  content: Readonly<Record<string, string | undefined>>,
  event: Moment,
  asMessage = false,
): SvuState {
  const seeing = everyUnit(state).filter((unit) => state.participants[unit]?.seesContent === true);
  const others = everyUnit(state).filter((unit) => !seeing.includes(unit));
  const told = asMessage
    ? sendMessage(state, kind, content, event, seeing)
    : tell(state, kind, seeing, content, event);
  if (others.length === 0) return told;
  const known = { form: content['form'], presentedAs: asMessage ? presentedAs : undefined };
  return tell(told, kind, others, known, event, { personal: false });
}

/** SVU-24: the discharge is undone while the case is on the list, unless another case was opened meanwhile (SVU-2); it goes where the patient is by then (SVU-25). */
function decideUndoDischarge(
  command: OfType<DischargeCommand, 'undo-discharge'>,
  state: SvuState,
): Decision<DischargeEvent | Following> {
  const { rejected } = admit(command, state, hospitalStep('only-hospital-undoes-discharge', ['discharged']));
  if (rejected !== undefined) return state.phase === 'draft' ? reject('not-discharged') : rejected;
  const tooLate = offTheList(state, command.at);
  if (tooLate !== undefined) return tooLate;
  if (command.data.openSvu !== undefined) {
    return reject('svu-already-open', { values: { case: command.data.openSvu } });
  }
  const reason = stated(command.data.reason);
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  const undone = happened(command, 'DischargeUndone', reason === undefined ? {} : { reason });
  return accept<DischargeEvent | Following>(
    undone,
    ...following(command, state, evolveDischargeUndone(state, undone)),
  );
}

/** The parts open again, with what was left to do; by policy the receivers get a general message (MSG-6). */
function evolveDischargeUndone(state: SvuState, event: OfType<DischargeEvent, 'DischargeUndone'>): SvuState {
  const { discharge: _undone, movedSince: _goesThere, ...rest } = state;
  const message = policyOfSvu(state).undoneDischarge === 'message';
  const published: SvuState = { ...rest, phase: 'published' };
  const reopened =
    currentDecision(state) === undefined ? published : showToLate(rulesOfSvu, published, event);
  const answered = endTodos(reopened, (todo) => isAfterEnd(svuTables.todos, todo), 'completed', event);
  const resumed = resumeTodos(answered);
  const { journalDischargedAt: dischargedAt } = state;
  // The journal still says that the patient has left, so its reminder stands again.
  const asked =
    dischargedAt === undefined ? resumed : askWard(resumed, 'publish-discharge', { dischargedAt }, event);
  const { reason } = event.data;
  return tellEnd(asked, 'discharge-undone', { reason }, event, message);
}
