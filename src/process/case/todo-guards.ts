import { reject } from '../rejections/rejection.js';
import type { Decision, Rejected } from '../rejections/rejection.js';
import { isAfterEnd } from '../todo/kind-of-todo.js';
import type { Todo, TodoUpdate, Actor } from '../vocabulary.js';
import { draftOfAnother } from './guards.js';
import { currentDecision, isAnnulled, isOpen, mayLookInto } from './questions.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';

/** What the rules of a to-do ask of the kind of case. */
export type RulesOfTodos<State extends CaseState> = Pick<RulesOfKind<State>, 'sharesText'> & {
  readonly tables: Pick<RulesOfKind<State>['tables'], 'todos'>;
};

/** A step on a to-do. */
type Acting = { readonly by: Actor; readonly data: { readonly key: string } };

/** The to-do, where it is the actor's own and the actor may act on it. */
export function ownTodo(
  { by, data: { key } }: Acting,
  state: CaseState,
):
  | { readonly todo: Todo; readonly rejected?: undefined }
  | { readonly rejected: Decision<never>; readonly todo?: undefined } {
  if (by.kind !== 'user') return { rejected: reject('user-required') };
  const participant = state.participants[by.unit];
  if (participant === undefined) return { rejected: reject('not-participating') };
  if (!mayLookInto(state, participant)) return { rejected: draftOfAnother(state) };
  const todo = Object.hasOwn(state.todos, key) ? state.todos[key] : undefined;
  if (todo === undefined) return { rejected: reject('no-such-todo') };
  if (todo.unit !== by.unit) return { rejected: reject('todo-of-another-unit') };
  if (by.responsibilities.includes(todo.responsibility)) return { todo };
  const { responsibility } = todo;
  return { rejected: reject('role-lacks-responsibility', { values: { responsibility } }) };
}

/** Why nothing more is said of a to-do. Of one that is done, its repeat changes nothing whatever became of the case. */
export function hindrance<State extends CaseState>(
  rules: RulesOfTodos<State>,
  todo: Todo,
  state: State,
): Rejected | undefined {
  if (todo.state === 'completed') return undefined;
  if (state.frozen && todo.personal) return reject('case-frozen');
  if (isAnnulled(state)) return reject('case-annulled');
  if (!isOpen(state) && !isAfterEnd(rules.tables.todos, todo)) return reject('case-locked');
  return todo.state === 'cancelled' ? reject('todo-ended') : undefined;
}

/**
 * Whether a reason or a note may be written now: not while the case shares a minimum (CON-5), nor on a published case
 * without a decision (CON-8). Status and answers may be written, because they are the work itself.
 */
export function writtenNow<State extends CaseState>(
  rules: RulesOfTodos<State>,
  news: TodoUpdate,
  state: State,
): Decision<never> | undefined {
  const field = news.notes !== undefined ? 'notes' : news.statusReason ? 'statusReason' : undefined;
  if (field === undefined) return undefined;
  if (!rules.sharesText(state)) return reject('refusal-shares-minimum', { field });
  if (state.publishedAt === undefined || currentDecision(state) !== undefined) return undefined;
  return reject('no-current-decision', { field });
}
