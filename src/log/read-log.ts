import type { Uuid } from '../process/vocabulary.js';
import type { Sql } from './log.js';
import { instant, type RecordedEvent, type SequencedEvent } from './recorded-event.js';

type Row = Omit<SequencedEvent, 'occurredAt' | 'recordedAt' | 'personId'> & {
  occurredAt: Date;
  recordedAt: Date;
  personId: Uuid | null;
};

const columns = `event.position, event.id, event.stream_type as "streamType", event.stream_id as "streamId",
  event.stream_version as "streamVersion", event.type, event.type_version as "typeVersion",
  event.person_id as "personId", event.occurred_at as "occurredAt", event.recorded_at as "recordedAt",
  event.actor, event.cause, event.data`;

/**
 * The log in its dense order: the events after `after`, at most `limit`, ascending, without holes. What relay,
 * subscriptions and rebuild read by. Payloads are as they were written (`typeVersion`); null when destroyed.
 */
export async function readLog(sql: Sql, after: number, limit: number): Promise<readonly SequencedEvent[]> {
  const { rows } = await sql.prepared<Row>(
    'log-read',
    `select event_sequence.sequence, ${columns}
       from event_sequence join event using (position)
      where event_sequence.sequence > $1
      order by event_sequence.sequence
      limit $2`,
    [after, limit],
  );
  return rows.map(fromRow);
}

/** One stream's events in the order of their versions, whether or not they are sequenced yet. */
export async function readStream(sql: Sql, streamId: Uuid): Promise<readonly RecordedEvent[]> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from event where stream_id = $1 order by stream_version`,
    [streamId],
  );
  return rows.map(fromRow);
}

/** Events that are committed but not yet sequenced, in the order in which they will be. */
export async function readUnsequenced(sql: Sql): Promise<readonly RecordedEvent[]> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from unsequenced join event using (position) order by position`,
  );
  return rows.map(fromRow);
}

function fromRow(row: Row): SequencedEvent {
  return {
    ...row,
    personId: row.personId ?? undefined,
    occurredAt: instant(row.occurredAt),
    recordedAt: instant(row.recordedAt),
  };
}

/** How far a named reader has come in the dense order; 0 at first. */
export async function readerPosition(sql: Sql, name: string): Promise<number> {
  const { rows } = await sql.prepared<{ sequence: number }>(
    'log-reader',
    'select sequence from reader where name = $1',
    [name],
  );
  return rows[0]?.sequence ?? 0;
}

/** Notes how far a named reader has come; never moves back. */
export async function moveReader(sql: Sql, name: string, sequence: number): Promise<void> {
  await sql.prepared(
    'log-move-reader',
    `insert into reader (name, sequence) values ($1, $2)
     on conflict (name) do update set sequence = greatest(reader.sequence, excluded.sequence)`,
    [name, sequence],
  );
}
