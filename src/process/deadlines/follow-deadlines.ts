import type { TodoKinds } from '../todo/kind-of-todo.js';
import type { Todo } from '../vocabulary.js';
import type { Todos } from './deadlines.js';

/**
 * The case with the deadlines that it says itself: each to-do whose kind names a field of the case is to be done by what stands there,
 * also when that moves, and also of a to-do that a freeze interrupted. What is done keeps the deadline that it had.
 */
export function followDeadlines<State extends { readonly todos: Todos }>(
  kinds: TodoKinds,
  state: State,
): State {
  const moved = Object.values(state.todos).flatMap((todo): readonly Todo[] => {
    // Of a kind that a newer program knows nothing is known here.
    const field = Object.hasOwn(kinds, todo.kind) ? kinds[todo.kind]?.deadline : undefined;
    if (field === undefined || todo.state === 'completed') return [];
    const deadline: unknown = Reflect.get(state, field);
    return typeof deadline === 'string' && deadline !== todo.deadline ? [{ ...todo, deadline }] : [];
  });
  if (moved.length === 0) return state;
  return {
    ...state,
    todos: { ...state.todos, ...Object.fromEntries(moved.map((todo) => [todo.key, todo])) },
  };
}
