import type { Todo, Uuid } from '../process/vocabulary.js';
import { taskId } from '../projection/identity.js';

/** The key of the to-do that a Task shows; undefined when the stream has none of that id. */
export function todoOfTask(
  { todos }: { readonly todos: Readonly<Record<string, Todo>> },
  streamId: Uuid,
  id: Uuid,
): string | undefined {
  return Object.keys(todos).find((key) => taskId(streamId, key) === id);
}
