import type { SqlConnection } from '../../persistence/database.js';
import { unreadable } from './prepare.js';
import { recordingIsAbout } from './recordings-about.js';

const batchSize = 1000;

/**
 * Drops the payloads of facts done or discarded before `before`; id, type, time and outcome stay, so a repeat is still
 * known. Dead letters keep theirs until somebody has decided.
 * @returns how many were dropped
 */
export async function dropPayloads(sql: SqlConnection, before: Date): Promise<number> {
  let dropped = 0;
  for (;;) {
    const { rowCount } = await sql.query(
      `with dropped as (
         update inbox set envelope = null where position in (
           select position from inbox
           where envelope is not null and ended_at is not null and ended_at < $1 and state in ('done', 'discarded')
           order by ended_at limit ${batchSize} for update skip locked)
         returning event_id),
       destroyed as (delete from sealing_key where event_id in (select event_id from dropped))
       select from dropped`,
      [before],
    );
    dropped += rowCount ?? 0;
    if ((rowCount ?? 0) < batchSize) return dropped;
  }
}

/** Drops what was recorded of a thing that is not a person of the hub, by the id its connector gave it. */
export async function dropRecordingsOf(
  sql: Pick<SqlConnection, 'query'>,
  connector: string,
  messageId: string,
): Promise<void> {
  await sql.query('delete from connector_recording where connector = $1 and message_id = $2', [
    connector,
    messageId,
  ]);
}

/**
 * Drops the payloads of all facts that made events of one person's streams, whatever their age, and what was recorded about the
 * person: the person has become protected, and what the hub no longer shows it no longer keeps (PAT-6).
 */
export async function dropPayloadsOf(sql: Pick<SqlConnection, 'query'>, personId: string): Promise<void> {
  await sql.query(
    `with told as (select distinct cause ->> 'id' as event_id from event where person_id = $1 and cause ->> 'kind' = 'fact'),
       ended as (select event_id from inbox join told using (event_id) where ended_at is not null),
       destroyed as (delete from sealing_key where event_id in (select event_id from ended))
     update inbox set envelope = null, content_hash = '${unreadable}' where event_id in (select event_id from ended)`,
    [personId],
  );
  await sql.query(
    `delete from connector_recording where event_id in (
         select cause ->> 'id' from event where person_id = $1 and cause ->> 'kind' = 'fact')
       or ${recordingIsAbout('array(select hash from person_identity where person_id = $1)')}`,
    [personId],
  );
}
