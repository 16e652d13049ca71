import type { CaseState } from '../case/state.js';
import type { Moment } from '../case/event.js';
import { notYetSeen } from '../todo/updating.js';
import type { Command, HsaId, ProcessEvent, Todo, Uuid } from '../vocabulary.js';

/** What a stream under a case is told of what became of the case. */
export type FollowingCommand =
  /** A unit takes part no more. `successor`: who leads the case in its place (SVU-25, ADR-11). */
  | Command<'unit-left', UnitLeft>
  /** The case is another person's now, for two were one (PAT-12). */
  | Command<'replace-person', PersonReplaced>;

export type FollowingEvent =
  ProcessEvent<'UnitLeftCase', UnitLeft> | ProcessEvent<'PersonOfCaseReplaced', PersonReplaced>;

type UnitLeft = { readonly unit: HsaId; readonly successor?: HsaId; readonly successorName?: string };
type PersonReplaced = { readonly personId: Uuid };

/** What a stream that follows its case has. */
type Following = {
  readonly personId: Uuid;
  readonly todos: CaseState['todos'];
  /** What units were called; of a stream that keeps none, left out. */
  readonly unitNames?: Readonly<Record<HsaId, string>>;
};

/** Whether an open to-do is that unit's. */
export const isOpenFor =
  (unit: HsaId) =>
  ({ unit: of, state }: Todo): boolean =>
    of === unit && state === 'requested';

/** ACC-7: a unit that left does its to-dos no more; who leads the case in its place does, where it was not asked itself. */
export function withoutUnit<State extends Following>(
  state: State,
  { unit, successor, successorName }: UnitLeft,
  { at, by }: Moment,
): State {
  const asked = Object.values(state.todos).some((todo) => todo.unit === successor);
  const todos = Object.values(state.todos).map((todo): Todo => {
    if (!isOpenFor(unit)(todo)) return todo;
    return successor === undefined || asked
      ? { ...todo, state: 'cancelled', endedAt: at, endedBy: by }
      : { ...notYetSeen(todo), unit: successor };
  });
  const { unitNames } = state;
  const named =
    unitNames === undefined || successor === undefined || successorName === undefined
      ? {}
      : { unitNames: { ...unitNames, [successor]: successorName } };
  return { ...state, ...named, todos: Object.fromEntries(todos.map((todo) => [todo.key, todo])) };
}
