import type { AppendedRows } from '../bare-append.js';
import type { WholeHub } from './whole-hub.js';

/** The rows that the hub wrote with the last event of a stream. */
export async function writtenRows({ store }: WholeHub, streamId: string): Promise<AppendedRows> {
  const { rows } = await store.database.query<{ rows: AppendedRows }>(
    `select json_build_object(
       'event', json_build_array(e.id, e.stream_type, e.stream_id, e.stream_version, e.type, e.type_version, e.person_id,
                  e.occurred_at, e.recorded_at, e.actor::text, e.cause::text, e.data::text),
       'stream', json_build_array(s.id, s.type, s.version, s.person_id, s.state::text),
       'resources', (select json_agg(json_build_array(type, id, version, last_updated, stream_id, scope, person_id, personal,
                       draft, tokens, owner, status, deadline, content, about) order by id) from resource where stream_id = s.id and version = s.version),
       'versions', (select json_agg(json_build_array(type, id, version, last_updated, stream_id, scope, personal, draft,
                      content) order by id) from resource_version where stream_id = s.id and version = s.version)) as rows
     from stream as s join event as e on e.stream_id = s.id and e.stream_version = s.version where s.id = $1`,
    [streamId],
  );
  if (rows[0] === undefined) throw new Error('the stream has no rows');
  return rows[0].rows;
}
