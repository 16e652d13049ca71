import { caseTodoKinds } from '../case/todo-kinds.js';
import type { HsaId, Instant, Todo } from '../vocabulary.js';

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
