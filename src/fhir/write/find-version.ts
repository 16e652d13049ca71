import type { AccessContext } from '../../access/access-context.js';
import { visible } from '../../access/choke-point.js';
import type { Sql } from '../../log/log.js';
import type { Uuid } from '../../process/vocabulary.js';

/** One version of a resource, when the caller may see it now; undefined otherwise. */
export async function findVersion(
  sql: Sql,
  context: AccessContext,
  type: string,
  id: Uuid,
  version: number,
): Promise<{ version: number; lastUpdated: Date; content: string } | undefined> {
  const { rows } = await sql.query<{ version: number; lastUpdated: Date; content: string }>(
    `select r.version, r.last_updated as "lastUpdated", r.content from resource_version as r
      where r.type = $1 and r.id = $2 and r.version = $4 and not r.deleted and ${visible('r', '$3')}`,
    [type, id, context.units, version],
  );
  return rows[0];
}
