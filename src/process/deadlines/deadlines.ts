import { leadTimeOf } from '../todo/kind-of-todo.js';
import type { TodoKinds } from '../todo/kind-of-todo.js';
import type { DeadlineStanding, Instant, Todo } from '../vocabulary.js';

/** Something to tell of a to-do, and from when it is true. */
type Telling = { readonly standing: DeadlineStanding; readonly from: number };

/** The to-dos of a stream, by key. */
export type Todos = Readonly<Record<string, Todo>>;

/** What has become true of the deadline of a to-do. */
export type Come = {
  readonly todo: Todo & { readonly deadline: Instant };
  readonly standing: DeadlineStanding;
};

/**
 * How an open to-do stands to its deadline, as far as that has been told; undefined: not told, over, or told of a date that
 * is the deadline no more.
 */
export function standingOf(todo: Todo): DeadlineStanding | undefined {
  const { state, deadline, told } = todo;
  return state === 'requested' && told !== undefined && told.deadline === deadline
    ? told.standing
    : undefined;
}

/**
 * What has become true by a moment and was not told yet: one thing for each to-do, the newest, however long nobody looked. In
 * the order of their keys.
 * @param kinds the kinds of to-do of the stream
 */
export function comeBy(kinds: TodoKinds, todos: Todos, at: Instant): readonly Come[] {
  const now = Date.parse(at);
  return Object.keys(todos)
    .toSorted()
    .flatMap((key): Come[] => {
      const todo = todos[key];
      const newest =
        todo === undefined ? undefined : tellingsOf(kinds, todo).findLast(({ from }) => from <= now);
      if (todo?.deadline === undefined || newest === undefined) return [];
      return [{ todo: { ...todo, deadline: todo.deadline }, standing: newest.standing }];
    });
}

/** When the next thing becomes true that is to be told of any of these to-dos; it may have been already. Undefined: none. */
export function nextDeadline(kinds: TodoKinds, todos: Todos): Instant | undefined {
  const next = Object.values(todos).reduce(
    (least, todo) => tellingsOf(kinds, todo).reduce((earliest, { from }) => Math.min(earliest, from), least),
    Infinity,
  );
  return next === Infinity ? undefined : new Date(next).toISOString();
}

/**
 * What is still to be told of a to-do, earliest first. Nothing of one that is over: a step, a freeze (PAT-6), a refusal (CON-5), an
 * annulment or a discharge ends it or interrupts it. "Within 24 hours" includes the last moment, so it is overdue after it.
 */
function tellingsOf(kinds: TodoKinds, todo: Todo): readonly Telling[] {
  if (todo.state !== 'requested' || todo.deadline === undefined) return [];
  const deadline = Date.parse(todo.deadline);
  // A text that is no moment is never reached.
  if (Number.isNaN(deadline)) return [];
  const due: Telling = { standing: 'due', from: deadline - leadTimeOf(kinds, todo) };
  const overdue: Telling = { standing: 'overdue', from: deadline + 1 };
  const told = standingOf(todo);
  return told === 'overdue' ? [] : told === 'due' ? [overdue] : [due, overdue];
}
