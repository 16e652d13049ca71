import { kindOf } from '../todo/kind-of-todo.js';
import type { TodoKinds } from '../todo/kind-of-todo.js';
import { notYetSeen } from '../todo/updating.js';
import type { HsaId } from '../vocabulary.js';
import { circlesOfSuccessor } from './circles.js';
import type { CaseState } from './state.js';

/**
 * Moves what one unit had to do for the side that opened the case to another unit, which reads what was sent to the one before
 * (SVU-25, ADR-11).
 */
export function handOverTodos<State extends CaseState>(
  kinds: TodoKinds,
  state: State,
  from: HsaId,
  to: HsaId,
): State {
  const todos = Object.fromEntries(
    Object.entries(state.todos).map(([key, todo]) => [
      key,
      todo.state === 'requested' && kindOf(kinds, todo).openersOwn && todo.unit === from
        ? { ...notYetSeen(todo), unit: to }
        : todo,
    ]),
  );
  return circlesOfSuccessor({ ...state, todos }, from, to);
}
