import type { Sql } from '../log/log.js';
import type { Todo, Uuid } from '../process/vocabulary.js';
import { taskId } from '../projection/identity.js';

/** The to-do behind a Task: its key in its stream. */
export type TodoOfTask = {
  readonly stream: 'svu' | 'ward-notice';
  readonly streamId: Uuid;
  readonly key: string;
};

/** Finds the to-do that a Task shows; undefined when the stream has none of that id. */
export async function todoOfTask(sql: Sql, streamId: Uuid, id: Uuid): Promise<TodoOfTask | undefined> {
  const { rows } = await sql.query<{ type: string; todos: Readonly<Record<string, Todo>> | null }>(
    `select type, state -> 'todos' as todos from stream where id = $1`,
    [streamId],
  );
  const row = rows[0];
  if (row === undefined || (row.type !== 'svu' && row.type !== 'ward-notice')) return undefined;
  const key = Object.keys(row.todos ?? {}).find((each) => taskId(streamId, each) === id);
  return key === undefined ? undefined : { stream: row.type, streamId, key };
}
