import type { Uuid } from '../process/vocabulary.js';
import type { Sql } from './log.js';

/** What `ProjectionContext.registerCopy` answers: the copy as src/persons stored it; undefined when it is gone. */
export async function readRegisterCopy(sql: Sql, personId: Uuid, version: number): Promise<unknown> {
  const { rows } = await sql.query<{ record: unknown; listing: unknown }>(
    'select record, listing from person_copy where person_id = $1 and version = $2 and record is not null',
    [personId, version],
  );
  return rows[0];
}
