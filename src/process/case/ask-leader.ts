import type { TodoKinds } from '../todo/kind-of-todo.js';
import type { HsaId, Todo } from '../vocabulary.js';
import type { Moment } from './event.js';
import type { CaseState, TodoKindOf } from './state.js';
import { endTodos, openTodo } from './todos.js';

/** The to-do of a kind that is still to be done. */
export function openOfKind<State extends CaseState>(state: State, kind: TodoKindOf<State>): Todo | undefined {
  return Object.values(state.todos).find((todo) => todo.kind === kind && todo.state === 'requested');
}

/** Gives the unit that leads the case a to-do; one of the same kind that is still open gets the news instead. */
export function askLeader<State extends CaseState>(
  kinds: TodoKinds,
  state: State,
  leader: HsaId,
  kind: TodoKindOf<State>,
  input: Readonly<Record<string, string>>,
  event: Moment,
): State {
  const waiting = openOfKind(state, kind);
  const number = Object.values(state.todos).filter((todo) => todo.kind === kind).length + 1;
  return openTodo(
    kinds,
    state,
    { key: waiting?.key ?? `${kind}:${number}`, kind, unit: leader, input },
    waiting?.openedAt ?? event.at,
  );
}

/** SVU-42: the patient is not where the case was to be handed over to. */
export function endHandOver<State extends CaseState>(state: State, event: Moment): State {
  return endTodos(state, ({ kind }) => kind === 'hand-over-case', 'cancelled', event);
}
