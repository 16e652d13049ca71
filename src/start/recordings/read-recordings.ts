import type { SqlConnection } from '../../persistence/database.js';

/** A recording without its content: no personal data. */
export type Recording = {
  readonly id: number;
  readonly connector: string;
  readonly sender: string;
  readonly messageId: string;
  readonly receivedAt: Date;
  readonly outcome: 'stored' | 'refused' | 'nothing';
  readonly cause: string | null;
  readonly eventId: string | null;
};

/** With its content, sealed. */
export type SealedRecording = Recording & { readonly keyId: string; readonly sealed: Buffer };

const columns = `id, connector, sender, message_id as "messageId", received_at as "receivedAt", outcome, cause, event_id as "eventId"`;

/** Recordings after `after`, oldest first. */
export async function listRecordings(
  sql: SqlConnection,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly Recording[]> {
  const { rows } = await sql.query<Recording>(
    `select ${columns} from connector_recording where id > $1 order by id limit $2`,
    [after, limit],
  );
  return rows;
}

export async function recordingsById(
  sql: SqlConnection,
  ids: readonly number[],
): Promise<readonly SealedRecording[]> {
  const { rows } = await sql.query<SealedRecording>(
    `select ${columns}, key_id as "keyId", sealed from connector_recording where id = any($1::bigint[]) order by id`,
    [ids],
  );
  return rows;
}

/**
 * The recordings whose facts touched a case: those that caused an event of the case itself or of a stay of its person, in the
 * order they came.
 */
export async function recordingsOfCase(
  sql: SqlConnection,
  caseId: string,
): Promise<readonly SealedRecording[]> {
  const { rows } = await sql.query<SealedRecording>(
    `select ${columns}, key_id as "keyId", sealed from connector_recording where event_id in (
       select cause->>'id' from event where cause->>'kind' = 'fact' and (stream_id = $1 or (stream_type = 'stay'
         and person_id = (select person_id from event where stream_id = $1 and person_id is not null limit 1))))
     order by id`,
    [caseId],
  );
  return rows;
}

/** What a fact came to in the hub: how it ended in the inbox, its events, and the to-dos as they were after each. */
export type Effect = {
  readonly inbox?: { readonly state: string; readonly outcome: string | null; readonly data: unknown };
  readonly events: readonly {
    readonly type: string;
    readonly stream: string;
    readonly version: number;
    readonly todos: readonly string[];
  }[];
};

export async function effectOf(sql: SqlConnection, eventId: string): Promise<Effect> {
  const inbox = await sql.query<{ state: string; outcome: string | null; data: unknown }>(
    `select state, outcome, envelope->'data' as data from inbox where event_id = $1`,
    [eventId],
  );
  const events = await sql.query<Effect['events'][number]>(
    `select e.type, e.stream_type || '/' || e.stream_id as stream, e.stream_version as version,
       coalesce((select array_agg('Task/' || t.id || ' ' || (t.content::json->>'status') || ' '
           || coalesce(t.content::json#>>'{code,coding,0,code}', '') order by t.id)
         from resource_version t where t.stream_id = e.stream_id and t.type = 'Task' and t.version = e.stream_version),
         '{}') as todos
     from event e where e.cause->>'kind' = 'fact' and e.cause->>'id' = $1 order by e.position`,
    [eventId],
  );
  return { ...(inbox.rows[0] && { inbox: inbox.rows[0] }), events: events.rows };
}
