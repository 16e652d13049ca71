import { kindOf } from '../todo/kind-of-todo.js';
import type { Actor, HsaId, Instant, Todo } from '../vocabulary.js';
import type { OutsideMessageState } from './outside-message.js';
import { outsideMessageTodoKinds } from './todo-kinds.js';

type Todos = OutsideMessageState['todos'];
type Moment = { readonly at: Instant; readonly by: Actor };

/** What the units of a message are told when it closes: by to-dos about nobody, for these may read nothing of the person. */
type ClosingKind = 'continue-by-telephone' | 'stop-what-was-asked' | 'stop-what-was-annulled';

/** Each unit is told, but the one that did it. */
export function toldOfClosing(
  todos: Todos,
  kind: ClosingKind,
  units: readonly HsaId[],
  { at, by }: Moment,
): Todos {
  const acting = by.kind === 'user' ? by.unit : undefined;
  const { responsibility } = kindOf(outsideMessageTodoKinds, { kind });
  const told = units
    .filter((unit) => unit !== acting)
    .map((unit): Todo => ({
      key: `${kind}:${unit}`,
      kind,
      unit,
      responsibility,
      openedAt: at,
      state: 'requested',
      personal: false,
    }));
  return { ...todos, ...Object.fromEntries(told.map((todo) => [todo.key, todo])) };
}

/** PAT-6: the message can be read again, so nobody has to go on by telephone. */
export function openedAgain(todos: Todos, { at, by }: Moment): Todos {
  return Object.fromEntries(
    Object.entries(todos).map(([key, todo]): [string, Todo] => [
      key,
      todo.kind === 'continue-by-telephone' && todo.state === 'requested'
        ? { ...todo, state: 'cancelled', endedAt: at, endedBy: by }
        : todo,
    ]),
  );
}

/** The units that were told, for as long as the message stands: each reads what it was told, and nothing of the person by it. */
export const toldUnits = ({ todos }: Pick<OutsideMessageState, 'todos'>): readonly HsaId[] =>
  Object.values(todos).flatMap(({ personal, unit }) => (personal ? [] : [unit]));
