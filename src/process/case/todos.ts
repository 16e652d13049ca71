import type { Actor, HsaId, Instant, Todo, TodoKind } from '../vocabulary.js';
import { receivingSides, unitsOf } from './questions.js';
import type { AcknowledgedStep, SvuState } from '../svu/state.js';

type Moment = { readonly at: Instant; readonly by: Actor };

/** The key of a unit's acknowledgement in one round of a step. */
export function acknowledgementKey(step: AcknowledgedStep, unit: HsaId, round: number): string {
  return `${acknowledgementKind[step]}:${unit}:${round}`;
}

export const acknowledgementKind = {
  'admission-notice': 'acknowledge-admission-notice',
  'planned-discharge': 'acknowledge-planned-discharge',
  ready: 'acknowledge-ready',
} as const satisfies Record<AcknowledgedStep, TodoKind>;

/** Who acknowledges a step: ready is acknowledged by Ö and K (SVU-13), the rest by every receiving unit (SVU-7, SVU-9). */
export function acknowledgers(state: SvuState, step: AcknowledgedStep): readonly HsaId[] {
  const units =
    step === 'ready' ? unitsOf(state, 'outpatient', 'municipality') : unitsOf(state, ...receivingSides);
  return units.filter((unit) => state.participants[unit]?.seesContent === true);
}

/** Adds a to-do, or puts the one with the same key anew. */
export function openTodo(
  state: SvuState,
  todo: Omit<Todo, 'state' | 'openedAt' | 'personal'> & { readonly personal?: boolean },
  at: Instant,
): SvuState {
  const opened: Todo = { personal: true, ...todo, openedAt: at, state: 'requested' };
  return { ...state, todos: { ...state.todos, [todo.key]: opened } };
}

/** Ends the open to-dos that `which` picks. */
export function endTodos(
  state: SvuState,
  which: (todo: Todo) => boolean,
  how: 'completed' | 'cancelled',
  { at, by }: Moment,
): SvuState {
  const todos = Object.values(state.todos).map((todo) =>
    todo.state === 'requested' && which(todo) ? { ...todo, state: how, endedAt: at, endedBy: by } : todo,
  );
  return { ...state, todos: byKey(todos) };
}

/** Cancels every open to-do and remembers which, so that what interrupted them can be undone (SVU-24, PAT-6). */
export function interruptTodos(state: SvuState, moment: Moment): SvuState {
  const open = Object.values(state.todos).filter((todo) => todo.state === 'requested');
  // Sorted, since a stored object does not keep the order of its fields.
  const interrupted = [...new Set([...state.interrupted, ...open.map((todo) => todo.key)])].toSorted();
  return { ...endTodos(state, () => true, 'cancelled', moment), interrupted };
}

/** Brings interrupted to-dos back, for the units that still take part; `which`: only some, the others stay interrupted. */
export function resumeTodos(state: SvuState, which: (todo: Todo) => boolean = () => true): SvuState {
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

/** What a ward has to do about a case that is over: the only to-dos that a discharged case has open. */
export function isAfterDischarge(todo: Todo): boolean {
  return todo.kind === 'undo-discharge' || todo.kind === 'review-cancelled-admission';
}

/** Opens a new round of a step's acknowledgement; what is left of the rounds before goes away. */
export function openRound(state: SvuState, step: AcknowledgedStep, about: string, moment: Moment): SvuState {
  const round = state.rounds[step] + 1;
  const ended = closeRound(state, step, moment);
  const started = { ...ended, rounds: { ...ended.rounds, [step]: round } };
  return acknowledgers(started, step).reduce(
    (each, unit) => openAcknowledgement(each, step, unit, about, moment.at),
    started,
  );
}

/** Cancels what is still to acknowledge of a step. */
export function closeRound(state: SvuState, step: AcknowledgedStep, moment: Moment): SvuState {
  return endTodos(state, (todo) => todo.kind === acknowledgementKind[step], 'cancelled', moment);
}

/** Asks a unit to acknowledge a step's current round. */
export function openAcknowledgement(
  state: SvuState,
  step: AcknowledgedStep,
  unit: HsaId,
  about: string,
  at: Instant,
): SvuState {
  return openTodo(
    state,
    {
      key: acknowledgementKey(step, unit, state.rounds[step]),
      kind: acknowledgementKind[step],
      unit,
      responsibility: 'acknowledge',
      about,
    },
    at,
  );
}

/** To-dos of the hospital, which concern no receiver: a view shows them to the hospital side only (ACC-2, CON-5). */
export function isHospitalsOwn(todo: Todo): boolean {
  return hospitalKinds.has(todo.kind);
}

const hospitalKinds: ReadonlySet<TodoKind> = new Set<TodoKind>([
  'publish-admission-notice',
  'address-by-hand',
  'publish-discharge',
  'review-expected-discharge',
  'annul-case',
  'review-cancelled-admission',
  'undo-discharge',
  'review-register-change',
  'review-open-case-elsewhere',
  'hand-over-case',
  'review-double-case',
  'check-identity',
]);

const byKey = (todos: readonly Todo[]): SvuState['todos'] =>
  Object.fromEntries(todos.map((todo) => [todo.key, todo]));
