import type { SqlConnection } from '../../persistence/database.js';

/** What the registers said of somebody the hub does not know is kept so long: a case that opens makes the person known in seconds. */
const strangers = '10 minutes';

/**
 * Removes what was recorded longer ago than `afterMilliseconds`, also of connectors that run no more; what is about a person who is
 * sealed, which came after the sealing or could not be read then (PAT-6); and lookups that came to nothing.
 * @returns how many
 */
export async function dropRecordings(sql: SqlConnection, afterMilliseconds: number): Promise<number> {
  const old = await sql.query(
    `delete from connector_recording where received_at < clock_timestamp() - $1 * interval '1 millisecond'`,
    [afterMilliseconds],
  );
  const withheld = await sql.query(
    `delete from connector_recording recording where exists (
       select from person_identity identity join stream on stream.id = identity.person_id
       where identity.hash = any(recording.person_hashes)
         and stream.type = 'person' and stream.state ->> 'sealed' = 'true')`,
  );
  const unused = await sql.query(
    `delete from connector_recording recording
     where outcome = 'answered' and received_at < clock_timestamp() - interval '${strangers}'
       and not exists (select from person_identity identity where identity.hash = any(recording.person_hashes))`,
  );
  return (old.rowCount ?? 0) + (withheld.rowCount ?? 0) + (unused.rowCount ?? 0);
}
