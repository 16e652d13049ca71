import { accept, reject } from '../rejection.js';
import type { Decision } from '../rejection.js';
import type { TodoKind } from '../vocabulary.js';
import { happened } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from './events.js';
import type { SvuState } from './state.js';
import { isAfterDischarge } from './todos.js';

/** To-dos that end when their step is taken, and not by saying so. */
const endedByStep: ReadonlySet<TodoKind> = new Set<TodoKind>([
  'publish-admission-notice',
  'address-by-hand',
  'publish-discharge',
]);

/**
 * SVU-7, SVU-9, SVU-13, ORG-4, ORG-5, ORG-12: a unit does what it has to do; acknowledging is all there is. One role with the
 * responsibility is enough for its unit, and no unit does it for another. A to-do that is done stays done.
 */
export function decideCompleteTodo(command: CommandOf<'complete-todo'>, state: SvuState): Decision<SvuEvent> {
  const { by } = command;
  const { key } = command.data;
  if (by.kind !== 'user') return reject('user-required');
  const participant = state.participants[by.unit];
  if (participant === undefined) return reject('not-participating');
  if (state.publishedAt === undefined && participant.side !== 'hospital') {
    return reject('draft-seen-by-hospital-only');
  }
  const todo = Object.hasOwn(state.todos, key) ? state.todos[key] : undefined;
  if (todo === undefined) return reject('no-such-todo');
  if (todo.unit !== by.unit) return reject('todo-of-another-unit');
  if (!by.responsibilities.includes(todo.responsibility)) {
    return reject('role-lacks-responsibility', { values: { responsibility: todo.responsibility } });
  }
  if (todo.state === 'completed') return accept();
  if (state.frozen && todo.personal) return reject('case-frozen');
  if (state.phase === 'discharged' && !isAfterDischarge(todo)) return reject('case-locked');
  if (state.phase === 'annulled') return reject('case-annulled');
  if (todo.state === 'cancelled') return reject('todo-ended');
  if (endedByStep.has(todo.kind)) return reject('todo-ends-by-its-step');
  return accept(happened(command, 'TodoCompleted', { key, unit: by.unit }));
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
