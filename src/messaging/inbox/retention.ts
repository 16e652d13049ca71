import type { SqlConnection } from '../../persistence/database.js';

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
      `update inbox set envelope = null where position in (
         select position from inbox
         where envelope is not null and ended_at is not null and ended_at < $1 and state in ('done', 'discarded')
         order by ended_at limit ${batchSize} for update skip locked)`,
      [before],
    );
    dropped += rowCount ?? 0;
    if ((rowCount ?? 0) < batchSize) return dropped;
  }
}
