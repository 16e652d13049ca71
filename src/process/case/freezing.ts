import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { happened } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from '../svu/events.js';
import { fromOutside } from './guards.js';
import { everyUnit, isOpen, unitsOf } from './questions.js';
import { forgetListing } from './relisting.js';
import type { SvuState } from '../svu/state.js';
import { endTodos, interruptTodos, isAfterDischarge, openTodo, resumeTodos } from './todos.js';

/** PAT-6: the person is protected, or the register does not say clearly that she is not. Also a case that is over is sealed. */
export function decideFreeze(command: CommandOf<'freeze'>, state: SvuState): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  return state.frozen ? accept() : accept(happened(command, 'CaseFrozen', command.data));
}

/**
 * PAT-6: all that was to do goes away, and each participating unit is told to go on by telephone by a to-do without
 * personal data: the ward's by what its journal calls the stay, so that it knows for whom. No notice is sent. A draft is known to the hospital side only (ACC-2), so only it is told.
 */
export function evolveFrozen(state: SvuState, event: EventOf<'CaseFrozen'>): SvuState {
  const frozen: SvuState = { ...interruptTodos(state, event), frozen: true };
  if (!isOpen(state)) return frozen;
  const units = state.phase === 'draft' ? unitsOf(frozen, 'hospital') : everyUnit(frozen);
  const { visit } = event.data;
  return units.reduce((each, unit) => {
    const ward = unit === state.ward;
    const todo = {
      key: `continue-by-telephone:${unit}`,
      kind: 'continue-by-telephone',
      unit,
      responsibility: each.participants[unit]?.side === 'hospital' ? 'write' : 'acknowledge',
      personal: false,
      ...(ward && visit !== undefined ? { input: { visit } } : {}),
    } as const;
    return openTodo(each, todo, event.at);
  }, frozen);
}

/** The register says clearly that the person is not protected: the case goes on where it stopped. */
export function decideUnfreeze(command: CommandOf<'unfreeze'>, state: SvuState): Decision<SvuEvent> {
  const refusal = fromOutside(command);
  if (refusal !== undefined) return refusal;
  return state.frozen ? accept(happened(command, 'CaseUnfrozen', {})) : accept();
}

export function evolveUnfrozen(state: SvuState, event: EventOf<'CaseUnfrozen'>): SvuState {
  const told = endTodos(
    { ...forgetListing(state), frozen: false },
    (todo) => todo.kind === 'continue-by-telephone',
    'cancelled',
    event,
  );
  return resumeTodos(told, isOpen(told) ? undefined : isAfterDischarge);
}
