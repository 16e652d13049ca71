import { caseTodoKinds } from '../case/todo-kinds.js';
import type { Actor, HsaId, Instant, Todo } from '../vocabulary.js';

/** The kinds of to-do of a message. */
export const messageTodoKinds = {
  'acknowledge-written-message': caseTodoKinds['acknowledge-written-message'],
};

/** MSG-2: each unit that is asked acknowledges it once. */
export function toAcknowledge(units: readonly HsaId[], at: Instant): Readonly<Record<string, Todo>> {
  const asked = units.map((unit): Todo => ({
    key: `acknowledge:${unit}`,
    kind: 'acknowledge-written-message',
    unit,
    responsibility: 'acknowledge',
    openedAt: at,
    state: 'requested',
    personal: true,
  }));
  return Object.fromEntries(asked.map((todo) => [todo.key, todo]));
}

/** Nobody has to acknowledge any more what was taken back; what units were told of it is theirs to end. */
export function withoutOpenAcknowledgements(
  todos: Readonly<Record<string, Todo>>,
  event: { readonly at: Instant; readonly by: Actor },
): Readonly<Record<string, Todo>> {
  const asked = Object.entries(todos).filter(([, { kind }]) => Object.hasOwn(messageTodoKinds, kind));
  return { ...todos, ...withoutOpen(Object.fromEntries(asked), event) };
}

/** Nobody has to acknowledge any more what was taken back, or may not be read. */
export function withoutOpen(
  todos: Readonly<Record<string, Todo>>,
  { at, by }: { readonly at: Instant; readonly by: Actor },
): Readonly<Record<string, Todo>> {
  const ended = Object.values(todos).map((todo): Todo =>
    todo.state === 'requested' ? { ...todo, state: 'cancelled', endedAt: at, endedBy: by } : todo,
  );
  return Object.fromEntries(ended.map((todo) => [todo.key, todo]));
}
