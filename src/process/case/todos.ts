import { kindOf } from '../todo/kind-of-todo.js';
import type { TodoKinds } from '../todo/kind-of-todo.js';
import type { Instant, Responsibility, Todo } from '../vocabulary.js';
import type { Moment } from './event.js';
import type { CaseState, TodoKindOf } from './state.js';

/** A to-do to be opened; its responsibility is that of its row, if nothing else is said. */
type NewTodo<State extends CaseState> = Omit<
  Todo<TodoKindOf<State>>,
  'state' | 'openedAt' | 'personal' | 'responsibility'
> & { readonly personal?: boolean; readonly responsibility?: Responsibility };

/**
 * Adds a to-do, or puts the one with the same key again.
 * @param kinds the rows of the kind of case
 */
export function openTodo<State extends CaseState>(
  kinds: TodoKinds,
  state: State,
  todo: NewTodo<State>,
  at: Instant,
): State {
  const { responsibility } = kindOf(kinds, todo);
  const opened: Todo = { personal: true, responsibility, ...todo, openedAt: at, state: 'requested' };
  return { ...state, todos: { ...state.todos, [todo.key]: opened } };
}

/** Ends the open to-dos that `which` picks. */
export function endTodos<State extends CaseState>(
  state: State,
  which: (todo: Todo) => boolean,
  how: 'completed' | 'cancelled',
  { at, by }: Moment,
): State {
  const todos = Object.values(state.todos).map((todo) =>
    todo.state === 'requested' && which(todo) ? { ...todo, state: how, endedAt: at, endedBy: by } : todo,
  );
  return { ...state, todos: byKey(todos) };
}

/** Cancels the to-dos that `which` picks, also those that were interrupted: what interrupted them brings none of these back. */
export function dropTodos<State extends CaseState>(
  state: State,
  which: (todo: Todo) => boolean,
  moment: Moment,
): State {
  const dropped = (key: string): boolean => {
    const todo = state.todos[key];
    return todo !== undefined && which(todo);
  };
  const interrupted = state.interrupted.filter((key) => !dropped(key));
  return { ...endTodos(state, which, 'cancelled', moment), interrupted };
}

/** Cancels every open to-do and remembers which, so that what interrupted them can be undone (SVU-24, PAT-6). */
export function interruptTodos<State extends CaseState>(state: State, moment: Moment): State {
  const open = Object.values(state.todos).filter((todo) => todo.state === 'requested');
  // Sorted, since a stored object does not keep the order of its fields.
  const interrupted = [...new Set([...state.interrupted, ...open.map((todo) => todo.key)])].toSorted();
  return { ...endTodos(state, () => true, 'cancelled', moment), interrupted };
}

/** Brings interrupted to-dos back, for the units that still take part; `which`: only some, the others stay interrupted. */
export function resumeTodos<State extends CaseState>(
  state: State,
  which: (todo: Todo) => boolean = () => true,
): State {
  const resumed = new Set(
    Object.values(state.todos)
      .filter((todo) => state.interrupted.includes(todo.key) && which(todo))
      .map(({ key }) => key),
  );
  const todos = Object.values(state.todos).map((todo) => {
    if (!resumed.has(todo.key) || state.participants[todo.unit] === undefined) return todo;
    const { endedAt: _at, endedBy: _by, ...rest } = todo;
    return { ...rest, state: 'requested' } as const;
  });
  return { ...state, todos: byKey(todos), interrupted: state.interrupted.filter((key) => !resumed.has(key)) };
}

const byKey = (todos: readonly Todo[]): CaseState['todos'] =>
  Object.fromEntries(todos.map((todo) => [todo.key, todo]));
