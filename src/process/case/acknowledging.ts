import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { RejectionCode } from '../rejections/rejection-texts.js';
import { updated, updateOf } from '../todo/updating.js';
import type { Todo, TodoKind, TodoUpdate } from '../vocabulary.js';
import { happened } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from '../svu/events.js';
import { currentDecision } from './questions.js';
import { sharedContent } from '../svu/shared-content.js';
import type { SvuState } from '../svu/state.js';
import { isAfterDischarge } from './todos.js';

/** To-dos that end when their step is taken, and not by saying so. */
const endedByStep: ReadonlySet<TodoKind> = new Set<TodoKind>([
  'publish-admission-notice',
  'address-by-hand',
  'publish-discharge',
]);

/**
 * SVU-7, SVU-9, SVU-13, ORG-4, ORG-5, ORG-12: a unit does what it has to do, and may answer and write to itself as it does.
 * One role with the responsibility is enough for its unit, and no unit does it for another. A to-do that is done stays done.
 */
export function decideCompleteTodo(command: CommandOf<'complete-todo'>, state: SvuState): Decision<SvuEvent> {
  const { key: _key, ...remarks } = command.data;
  const { todo, refusal } = ownTodo(command, state);
  if (refusal !== undefined) return refusal;
  const code = hindrance(todo, state);
  if (code !== undefined) return reject(code);
  const { news, rejection } = updateOf(todo, remarks);
  if (rejection !== undefined) return { rejection };
  if (todo.state === 'completed') return accept();
  if (endedByStep.has(todo.kind)) return reject('todo-ends-by-its-step');
  const { key, unit } = todo;
  const completed = happened(command, 'TodoCompleted', { key, unit });
  if (news === undefined) return accept(completed);
  return (
    writtenNow(news, state) ?? accept(happened(command, 'TodoUpdated', { key, unit, ...news }), completed)
  );
}

/** ORG-4, ORG-5, ORG-12: how far the unit has come, forward only, with what it answers and writes to itself. */
export function decideUpdateTodo(command: CommandOf<'update-todo'>, state: SvuState): Decision<SvuEvent> {
  const { key: _key, ...asked } = command.data;
  const { todo, refusal } = ownTodo(command, state);
  if (refusal !== undefined) return refusal;
  const code = hindrance(todo, state);
  if (code !== undefined) return reject(code);
  const { news, rejection } = updateOf(todo, asked);
  if (rejection !== undefined) return { rejection };
  if (news === undefined) return accept();
  const { key, unit } = todo;
  return writtenNow(news, state) ?? accept(happened(command, 'TodoUpdated', { key, unit, ...news }));
}

/** The to-do, where it is the actor's own and the actor may act on it. */
function ownTodo(
  { by, data: { key } }: CommandOf<'complete-todo' | 'update-todo'>,
  state: SvuState,
):
  | { readonly todo: Todo; readonly refusal?: undefined }
  | { readonly refusal: Decision<never>; readonly todo?: undefined } {
  if (by.kind !== 'user') return { refusal: reject('user-required') };
  const participant = state.participants[by.unit];
  if (participant === undefined) return { refusal: reject('not-participating') };
  if (state.publishedAt === undefined && participant.side !== 'hospital') {
    return { refusal: reject('draft-seen-by-hospital-only') };
  }
  const todo = Object.hasOwn(state.todos, key) ? state.todos[key] : undefined;
  if (todo === undefined) return { refusal: reject('no-such-todo') };
  if (todo.unit !== by.unit) return { refusal: reject('todo-of-another-unit') };
  if (by.responsibilities.includes(todo.responsibility)) return { todo };
  const { responsibility } = todo;
  return { refusal: reject('role-lacks-responsibility', { values: { responsibility } }) };
}

/** Why nothing more is said of a to-do. Of one that is done, its repeat changes nothing whatever became of the case. */
function hindrance(todo: Todo, state: SvuState): RejectionCode | undefined {
  if (todo.state === 'completed') return undefined;
  if (state.frozen && todo.personal) return 'case-frozen';
  if (state.phase === 'discharged' && !isAfterDischarge(todo)) return 'case-locked';
  if (state.phase === 'annulled') return 'case-annulled';
  return todo.state === 'cancelled' ? 'todo-ended' : undefined;
}

/**
 * Whether a reason or a note may be written now: not while the case shares a minimum (CON-5), nor on a published case
 * without a decision (CON-8). Status and answers may, for they are the work itself.
 */
function writtenNow(news: TodoUpdate, state: SvuState): Decision<never> | undefined {
  const field = news.notes !== undefined ? 'notes' : news.statusReason ? 'statusReason' : undefined;
  if (field === undefined) return undefined;
  if (!sharedContent(state).freeText) return reject('refusal-shares-minimum', { field });
  if (state.publishedAt === undefined || currentDecision(state) !== undefined) return undefined;
  return reject('no-current-decision', { field });
}

export function evolveTodoUpdated(state: SvuState, event: EventOf<'TodoUpdated'>): SvuState {
  const { key, unit: _unit, ...update } = event.data;
  const todo = state.todos[key];
  if (todo === undefined) return state;
  return { ...state, todos: { ...state.todos, [key]: updated(todo, update, event) } };
}

export function evolveTodoCompleted(state: SvuState, event: EventOf<'TodoCompleted'>): SvuState {
  const todo = state.todos[event.data.key];
  if (todo === undefined) return state;
  return {
    ...state,
    todos: {
      ...state.todos,
      [todo.key]: { ...todo, state: 'completed', endedAt: event.at, endedBy: event.by },
    },
  };
}
