import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Command, HsaId, Instant, ProcessEvent } from '../vocabulary.js';
import type { TodoKinds } from '../todo/kind-of-todo.js';
import { comeBy } from './deadlines.js';
import type { Todos } from './deadlines.js';

/** The clock says that it is `at`: what has become true of deadlines by then is told. Of every stream that has to-dos. */
export type NoteDeadlines = Command<'note-deadlines', Record<string, never>>;

type ToldTodo = { readonly key: string; readonly unit: HsaId; readonly deadline: Instant };

export type DeadlineEvent =
  /** The time that a unit has for a to-do is soon over. */
  | ProcessEvent<'TodoDue', ToldTodo>
  /** The time is over, and the to-do is still open. */
  | ProcessEvent<'TodoOverdue', ToldTodo>;

/** Each thing once for a to-do and its date: asked again, at the same moment or later, nothing happens that was told before. */
export function decideNoteDeadlines(
  kinds: TodoKinds,
  { at, by }: NoteDeadlines,
  todos: Todos,
): Decision<DeadlineEvent> {
  if (by.kind !== 'system') return reject('fact-from-a-user');
  const events = comeBy(kinds, todos, at).map(({ todo, standing }): DeadlineEvent => {
    const data = { key: todo.key, unit: todo.unit, deadline: todo.deadline };
    return { type: standing === 'due' ? 'TodoDue' : 'TodoOverdue', at, by, data };
  });
  return accept(...events);
}

/** The to-dos after something was told of one of them. */
export function evolveDeadlineTold(todos: Todos, { type, at, data }: DeadlineEvent): Todos {
  const todo = Object.hasOwn(todos, data.key) ? todos[data.key] : undefined;
  if (todo === undefined) return todos;
  const standing = type === 'TodoDue' ? 'due' : 'overdue';
  return { ...todos, [data.key]: { ...todo, told: { standing, deadline: data.deadline, at } } };
}
