import type { CloudEvent } from '../../messaging/contracts/cloud-event.js';
import { isSealed, openFact, type SealedEvent } from '../../messaging/contracts/sealed-event.js';
import { recordingIsAbout } from '../../messaging/inbox/recordings-about.js';
import type { SqlConnection } from '../../persistence/database.js';

/** A recording without its content: no personal data. */
export type Recording = {
  readonly id: number;
  readonly connector: string;
  readonly sender: string;
  readonly messageId: string;
  readonly receivedAt: Date;
  /** `stored`: it became a fact. `refused`, `nothing`: it did not. `answered`: a register said it when it was asked. */
  readonly outcome: 'stored' | 'refused' | 'nothing' | 'answered';
  readonly cause: string | null;
  readonly eventId: string | null;
};

/** With its content, sealed. */
export type SealedRecording = Recording & { readonly keyId: string; readonly sealed: Buffer };

/** Which recordings are meant; everything that is given must fit. */
export type Selection = {
  readonly ids?: readonly number[];
  readonly connector?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Everything about the person of the case, and whatever touched the case or a stay of the person. */
  readonly caseId?: string;
  /** The keyed hash of a number; the person's other numbers count as well. */
  readonly personHash?: string;
  readonly after: number;
  readonly limit: number;
};

const chosen = `
  ($1::bigint[] is null or id = any($1)) and ($2::text is null or connector = $2)
  and ($3::timestamptz is null or received_at >= $3) and ($4::timestamptz is null or received_at < $4)
  and ($5::uuid is null or ${recordingIsAbout(`array(select hash from person_identity where person_id in (
         select person_id from event where stream_id = $5 and person_id is not null))`)}
       or event_id in (select cause ->> 'id' from event where cause ->> 'kind' = 'fact' and (stream_id = $5
         or (stream_type = 'stay' and person_id in (
           select person_id from event where stream_id = $5 and person_id is not null)))))
  and ($6::text is null or ${recordingIsAbout(`(array(select hash from person_identity where person_id in (
         select person_id from person_identity where hash = $6)) || $6)`)})
  and id > $7 order by id limit $8`;

const columns = `id, connector, sender, message_id as "messageId", received_at as "receivedAt", outcome, cause, event_id as "eventId"`;

const valuesOf = (selection: Selection): readonly unknown[] => [
  selection.ids ?? null,
  selection.connector ?? null,
  selection.from ?? null,
  selection.to ?? null,
  selection.caseId ?? null,
  selection.personHash ?? null,
  selection.after,
  selection.limit,
];

/** The recordings that are meant, in the order they came. */
export async function listRecordings(
  sql: SqlConnection,
  selection: Selection,
): Promise<readonly Recording[]> {
  const text = `select ${columns} from connector_recording where ${chosen}`;
  return (await sql.query<Recording>(text, valuesOf(selection))).rows;
}

/** The same recordings with what came in, sealed; those that have gone meanwhile are not among them. */
export async function sealedRecordings(
  sql: SqlConnection,
  ids: readonly number[],
): Promise<readonly SealedRecording[]> {
  const { rows } = await sql.query<SealedRecording>(
    `select ${columns}, key_id as "keyId", sealed from connector_recording where id = any($1::bigint[]) order by id`,
    [ids],
  );
  return rows;
}

/** The persons known to the hub whom recordings are about. */
export async function personsOf(sql: SqlConnection, ids: readonly number[]): Promise<readonly string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct person_id as id from person_identity join connector_recording on hash = any(person_hashes)
     where connector_recording.id = any($1::bigint[])`,
    [ids],
  );
  return rows.map(({ id }) => id);
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

type InboxRow = {
  readonly state: string;
  readonly outcome: string | null;
  readonly envelope: CloudEvent | SealedEvent | null;
  readonly key: Buffer | null;
};

/** What a fact said; nothing where its payload or its key is gone. */
function dataOf({ envelope, key }: InboxRow): unknown {
  if (!isSealed(envelope)) return envelope?.data;
  return key === null ? undefined : openFact(envelope, key).data;
}

export async function effectOf(sql: SqlConnection, eventId: string): Promise<Effect> {
  const inbox = await sql.query<InboxRow>(
    `select state, outcome, envelope,
       (select key from sealing_key as k
         where k.event_id = envelope ->> 'id' and k.id = (envelope ->> 'sealkey')::uuid) as key
     from inbox where event_id = $1`,
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
  const [row] = inbox.rows;
  return {
    ...(row && { inbox: { state: row.state, outcome: row.outcome, data: dataOf(row) } }),
    events: events.rows,
  };
}
