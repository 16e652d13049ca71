import { kindOf } from '../../process/todo/kind-of-todo.js';
import { wardTodoKinds } from '../../process/ward-notice/todo-kinds.js';
import type { WardNoticeState } from '../../process/ward-notice/ward-notice.js';
import type { Uuid } from '../../process/vocabulary.js';
import type { Projection } from '../projection.js';
import { hubReference, staffReference } from '../references.js';
import { renderTask } from '../todo-task.js';

/**
 * A to-do for a ward about a patient the hub may not or cannot know (PAT-1, PAT-4, PAT-5), or one who came from another
 * organisation (SVU-42): a Task without subject, case or cause, open to the ward alone. Its staff find the patient by the
 * id that their own journal system has given the stay.
 */
export function projectWardNotice(id: Uuid, state: WardNoticeState): Projection {
  const todos = Object.values(state.todos);
  const wards = [...new Set(todos.map((todo) => todo.unit))];
  return {
    resources: todos.map((todo) =>
      renderTask(todo, {
        streamId: id,
        kind: kindOf(wardTodoKinds, todo),
        draft: false,
        requester: hubReference({ kind: 'system', system: 'journal' }),
        ...(todo.state === 'completed' && todo.endedBy?.kind === 'user'
          ? { performer: staffReference(todo.endedBy) }
          : {}),
      }),
    ),
    grants: wards.map((unit) => ({ scope: id, unit, drafts: true, level: 'full' as const })),
  };
}
