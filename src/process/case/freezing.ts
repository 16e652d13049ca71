import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isAfterEnd } from '../todo/kind-of-todo.js';
import type { Command, HsaId, ProcessEvent } from '../vocabulary.js';
import { askLeader } from './ask-leader.js';
import { happened } from './event.js';
import type { OfType } from './event.js';
import { fromOutside } from './guards.js';
import { tell } from './notices.js';
import { draftSide, everyUnit, isOpen, unitsOf } from './questions.js';
import { forgetListing } from './relisting.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import { kindOf } from '../todo/kind-of-todo.js';
import { endTodos, interruptTodos, openTodo, resumeTodos } from './todos.js';

/** `visit`: what the ward's journal calls the stay, by which the ward finds the patient; never a person's number. */
type Freeze = { readonly cause: 'protected-identity' | 'protection-unknown'; readonly visit?: string };

/** `hearsOfStays`: the case is one that journals tell of; older logs do not say. */
type Unfreeze = { readonly hearsOfStays?: true };

export type FreezingCommand =
  | Command<'freeze', Freeze>
  /** The register says clearly that the person is not protected (any more). */
  | Command<'unfreeze', Unfreeze>;

export type FreezingEvent = ProcessEvent<'CaseFrozen', Freeze> | ProcessEvent<'CaseUnfrozen', Unfreeze>;

/** A case of any kind whose person is protected, or may be (PAT-6). */
export function freezing<State extends CaseState>(
  rules: RulesOfKind<State>,
): Subject<State, FreezingCommand, FreezingEvent> {
  return {
    decide: { freeze: decideFreeze, unfreeze: decideUnfreeze },
    evolve: {
      CaseFrozen: (state, event) => evolveFrozen(rules, state, event),
      CaseUnfrozen: (state, event) => evolveUnfrozen(rules, state, event),
    },
  };
}

/** PAT-6: the person is protected, or the register does not say clearly that she is not. Also a case that is over is sealed. */
function decideFreeze(command: OfType<FreezingCommand, 'freeze'>, state: CaseState): Decision<FreezingEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  return state.frozen ? accept() : accept(happened(command, 'CaseFrozen', command.data));
}

/**
 * PAT-6: all that was to do goes away, and each participating unit is told to go on by telephone by a to-do without
 * personal data: the ward's by what its journal calls the stay, so that it knows for whom. No notice is sent. A draft is known to the side only that opened it (ACC-2), so only it is told.
 */
function evolveFrozen<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: OfType<FreezingEvent, 'CaseFrozen'>,
): State {
  const frozen: State = { ...interruptTodos(state, event), frozen: true };
  if (!isOpen(state)) return frozen;
  const { visit } = event.data;
  const kind = 'continue-by-telephone';
  const { responsibility, ofOpeners = responsibility } = kindOf(rules.tables.todos, { kind });
  return concerned(frozen).reduce((each, unit) => {
    const leads = unit === rules.leaderOf(state);
    const todo = {
      key: `${kind}:${unit}`,
      kind,
      unit,
      responsibility: each.participants[unit]?.side === draftSide(state) ? ofOpeners : responsibility,
      personal: false,
      ...(leads && visit !== undefined ? { input: { visit } } : {}),
    } as const;
    return openTodo(rules.tables.todos, each, todo, event.at);
  }, frozen);
}

/** A draft is known to the side alone that opened it (ACC-2). */
const concerned = (state: CaseState): readonly HsaId[] =>
  state.phase === 'draft' ? unitsOf(state, draftSide(state)) : everyUnit(state);

/** The register says clearly that the person is not protected: the case goes on where it stopped. */
function decideUnfreeze(
  command: OfType<FreezingCommand, 'unfreeze'>,
  state: CaseState,
): Decision<FreezingEvent> {
  const rejected = fromOutside(command);
  if (rejected !== undefined) return rejected;
  return state.frozen ? accept(happened(command, 'CaseUnfrozen', command.data)) : accept();
}

/**
 * PAT-6: what was to do comes back, and those who were told to go on by telephone are told that they may go on here, where what was
 * agreed meanwhile is to be entered. Nothing was kept of what journals told meanwhile (PAT-5), so the unit that leads the case is asked
 * where the patient is.
 */
function evolveUnfrozen<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: OfType<FreezingEvent, 'CaseUnfrozen'>,
): State {
  const told = endTodos(
    { ...forgetListing(state), frozen: false },
    (todo) => todo.kind === 'continue-by-telephone',
    'cancelled',
    event,
  );
  if (!isOpen(told)) return resumeTodos(told, (todo) => isAfterEnd(rules.tables.todos, todo));
  const resumed = resumeTodos(told);
  const asked = event.data.hearsOfStays
    ? askLeader<State>(rules.tables.todos, resumed, rules.leaderOf(resumed), 'review-missed-stay', {}, event)
    : resumed;
  return tell(rules.tables.notices, asked, 'unfrozen', concerned(asked), {}, event);
}
