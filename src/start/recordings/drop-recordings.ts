import type { SqlConnection } from '../../persistence/database.js';

/** Removes what was recorded longer ago than `afterMilliseconds`, also of connectors that run no more. @returns how many */
export async function dropRecordings(sql: SqlConnection, afterMilliseconds: number): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from connector_recording where received_at < clock_timestamp() - $1 * interval '1 millisecond'`,
    [afterMilliseconds],
  );
  return rowCount ?? 0;
}
