import type { Todo, TodoKind } from '../vocabulary.js';
import type { SvuEvent } from '../svu/events.js';
import type { SvuState } from '../svu/state.js';
import { openTodo } from './todos.js';

/** The to-do of a kind that is still to be done. */
export function openOfKind(state: SvuState, kind: TodoKind): Todo | undefined {
  return Object.values(state.todos).find((todo) => todo.kind === kind && todo.state === 'requested');
}

/** Gives the ward a to-do; one of the same kind that is still open gets the news instead. */
export function askWard(
  state: SvuState,
  kind: TodoKind,
  input: Readonly<Record<string, string>>,
  event: SvuEvent,
): SvuState {
  const waiting = openOfKind(state, kind);
  const number = Object.values(state.todos).filter((todo) => todo.kind === kind).length + 1;
  return openTodo(
    state,
    {
      key: waiting?.key ?? `${kind}:${number}`,
      kind,
      unit: state.ward,
      responsibility: 'write',
      input,
    },
    waiting?.openedAt ?? event.at,
  );
}
