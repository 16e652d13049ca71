import { kindOf } from '../todo/todo-kinds.js';
import { notYetSeen } from '../todo/updating.js';
import type { HsaId } from '../vocabulary.js';
import type { CaseState } from './state.js';

/** Moves what one unit had to do for the hospital to another unit (SVU-25, ADR-11). */
export function handOverTodos<State extends CaseState>(state: State, from: HsaId, to: HsaId): State {
  const todos = Object.fromEntries(
    Object.entries(state.todos).map(([key, todo]) => [
      key,
      todo.state === 'requested' && kindOf(todo).hospitalsOwn && todo.unit === from
        ? { ...notYetSeen(todo), unit: to }
        : todo,
    ]),
  );
  return { ...state, todos };
}
