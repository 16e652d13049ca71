import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { kindOf } from '../todo/kind-of-todo.js';
import { updated, updateOf } from '../todo/updating.js';
import type { Command, HsaId, ProcessEvent, TodoRemarks, TodoUpdate } from '../vocabulary.js';
import { happened } from './event.js';
import type { OfType } from './event.js';
import type { CaseState } from './state.js';
import { hindrance, ownTodo, writtenNow } from './todo-guards.js';
import type { RulesOfTodos } from './todo-guards.js';

export type TodoCommand =
  | Command<'complete-todo', { readonly key: string } & TodoRemarks>
  /** How far the own unit has come with a to-do, and what it says of it. */
  | Command<'update-todo', { readonly key: string } & TodoUpdate>;

export type TodoEvent =
  | ProcessEvent<'TodoCompleted', { readonly key: string; readonly unit: HsaId }>
  /** What a unit said of its to-do. Notes are for the unit alone. */
  | ProcessEvent<'TodoUpdated', { readonly key: string; readonly unit: HsaId } & TodoUpdate>;

/** What units do with their to-dos, in a case of any kind. */
export function todosOfUnits<State extends CaseState>(
  rules: RulesOfTodos<State>,
): Subject<State, TodoCommand, TodoEvent> {
  return {
    decide: {
      'complete-todo': (command, state) => decideComplete(rules, command, state),
      'update-todo': (command, state) => decideUpdate(rules, command, state),
    },
    evolve: todosEvolve,
  };
}

/**
 * SVU-7, SVU-9, SVU-13, ORG-4, ORG-5, ORG-12: a unit does what it has to do, and may answer and write to itself as it does.
 * One role with the responsibility is enough for its unit, and no unit does it for another. A to-do that is done stays done.
 */
function decideComplete<State extends CaseState>(
  rules: RulesOfTodos<State>,
  command: OfType<TodoCommand, 'complete-todo'>,
  state: State,
): Decision<TodoEvent> {
  const { key: _key, ...remarks } = command.data;
  const { todo, rejected } = ownTodo(command, state);
  if (rejected !== undefined) return rejected;
  const hindered = hindrance(rules, todo, state);
  if (hindered !== undefined) return hindered;
  const { news, rejection } = updateOf(rules.tables.todos, todo, remarks);
  if (rejection !== undefined) return { rejection };
  if (todo.state === 'completed') return accept();
  if (kindOf(rules.tables.todos, todo).endsByItsStep)
    return reject('todo-ends-by-its-step', { field: 'progress' });
  const { key, unit } = todo;
  const completed = happened(command, 'TodoCompleted', { key, unit });
  if (news === undefined) return accept(completed);
  return (
    writtenNow(rules, news, state) ??
    accept<TodoEvent>(happened(command, 'TodoUpdated', { key, unit, ...news }), completed)
  );
}

/** ORG-4, ORG-5, ORG-12: how far the unit has come, forward only, with what it answers and writes to itself. */
function decideUpdate<State extends CaseState>(
  rules: RulesOfTodos<State>,
  command: OfType<TodoCommand, 'update-todo'>,
  state: State,
): Decision<TodoEvent> {
  const { key: _key, ...asked } = command.data;
  const { todo, rejected } = ownTodo(command, state);
  if (rejected !== undefined) return rejected;
  const hindered = hindrance(rules, todo, state);
  if (hindered !== undefined) return hindered;
  const { news, rejection } = updateOf(rules.tables.todos, todo, asked);
  if (rejection !== undefined) return { rejection };
  if (news === undefined) return accept();
  const { key, unit } = todo;
  return writtenNow(rules, news, state) ?? accept(happened(command, 'TodoUpdated', { key, unit, ...news }));
}

/** What the events of to-dos make of whatever has to-dos. */
export const todosEvolve = { TodoCompleted: evolveCompleted, TodoUpdated: evolveUpdated };

type WithTodos = Pick<CaseState, 'todos'>;

function evolveUpdated<State extends WithTodos>(
  state: State,
  event: OfType<TodoEvent, 'TodoUpdated'>,
): State {
  const { key, unit: _unit, ...update } = event.data;
  const todo = state.todos[key];
  if (todo === undefined) return state;
  return { ...state, todos: { ...state.todos, [key]: updated(todo, update, event) } };
}

function evolveCompleted<State extends WithTodos>(
  state: State,
  event: OfType<TodoEvent, 'TodoCompleted'>,
): State {
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
