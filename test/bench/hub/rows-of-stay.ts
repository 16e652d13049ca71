import type { Database } from '../../../src/persistence/database.js';
import type { AppendedRows } from '../bare-append.js';

/**
 * The rows that the hub wrote for each of these facts, ready to be written again by bare SQL: one event, the folded stay,
 * its Encounter with its version, grants, and the mark on the fact. Keyed by the fact's event id.
 */
export async function rowsOfFacts(
  database: Database,
  factIds: readonly string[],
): Promise<readonly AppendedRows[]> {
  const { rows } = await database.query<{ rows: AppendedRows }>(
    `select json_build_object(
       'event', json_build_array(e.id, e.stream_type, e.stream_id, e.stream_version, e.type, e.type_version, e.person_id,
                  e.occurred_at, e.recorded_at, e.actor::text, e.cause::text, e.data::text),
       'stream', json_build_array(s.id, s.type, s.version, s.person_id, s.state::text),
       'resources', (select json_agg(json_build_array(type, id, version, last_updated, stream_id, scope, person_id, personal,
                       draft, tokens, owner, status, deadline, content, about)) from resource where stream_id = s.id),
       'versions', (select json_agg(json_build_array(type, id, version, last_updated, stream_id, scope, personal, draft,
                      content)) from resource_version where stream_id = s.id),
       'grants', (select json_agg(json_build_array(scope, unit, stream_id, hospital, content))
                    from access_grant where stream_id = s.id),
       'fact', json_build_array(i.event_id, i.outcome, i.ended_at)) as rows
     from inbox as i
     join event as e on e.cause ->> 'id' = i.event_id and e.stream_type = 'stay'
     join stream as s on s.id = e.stream_id
     where i.event_id = any($1) order by i.position`,
    [factIds],
  );
  return rows.map((row) => row.rows);
}
