import type { SqlConnection } from '../persistence/database.js';
import type { HsaId, Uuid } from '../process/vocabulary.js';
import { reaches } from './choke-point.js';

/** A stream that hangs on a case, and who sees something of what it shows. */
export type StreamUnderCase = {
  readonly streamId: Uuid;
  readonly caseId: Uuid;
  /** The kind of the case: the name of its stream. */
  readonly kind: string;
  readonly units: readonly HsaId[];
};

/**
 * What the stream has just taken away counts too: who saw it is told. A stream that has shown nothing yet is not found. Resources are found by
 * their versions, which alone are indexed by stream; they may have a scope of the case or of one side.
 */
const find = `
  select s.id as "streamId", c.id as "caseId", c.type as kind, array(
    select distinct g.unit from resource_version as v join resource as r on r.type = v.type and r.id = v.id
      join access_grant as g on g.scope = r.scope and ${reaches('g', 'r')}
     where v.stream_id = s.id and r.case_id = c.id and (not r.deleted or r.version = s.version) order by g.unit) as units
  from stream as s
  cross join lateral (
    select r.case_id from resource_version as v join resource as r on r.type = v.type and r.id = v.id
     where v.stream_id = s.id and r.case_id is not null limit 1) as shown
  join stream as c on c.id = shown.case_id
  where s.id = any($1::uuid[])`;

/**
 * On which case each stream hangs, and which units the case lets see something of it now, by the same rule as every way to read (`visible`). So
 * nobody is told that something happened in a form of which a refusal leaves nothing (CON-5).
 * @param streams ids of streams; those that hang on no case are left out of the answer
 */
export async function unitsThatSee(
  sql: Pick<SqlConnection, 'query'>,
  streams: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, StreamUnderCase>> {
  const { rows } = await sql.query<StreamUnderCase>(find, [streams]);
  return new Map(rows.map((row) => [row.streamId, row]));
}
