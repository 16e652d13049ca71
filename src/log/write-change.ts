import { reaches } from '../process/case/shared-level.js';
import type { Grant } from '../projection/projection.js';
import { aboutOf } from '../projection/search-tokens.js';
import type { RecordedEvent } from './recorded-event.js';
import { rendering } from './rendering.js';
import type { ResourceVersion, StreamChange } from './stream-change.js';

/** A connection that keeps plans; inside the caller's transaction. */
export interface PreparedSql {
  prepared<Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** Where what stands beside the log is written: the live tables, or those of a rebuild. */
export type TargetSchema = 'public' | 'rebuild';

/** A change of one stream, with the events that made it. */
export type Appended = {
  readonly change: StreamChange<unknown>;
  readonly expectedVersion: number;
  readonly events: readonly RecordedEvent[];
};

/**
 * Appends events with the expected versions of their streams and writes everything they change, in one statement: events in the order
 * given, their unsequenced positions, the folded states, resources with history, grants.
 * @param appended each of another stream
 * @param options.rendered the version of the program that folded and rendered the changes
 * @param options.unmet all streams are new, and nothing of theirs is expected to be there: what is is a unique violation, and all there is
 *   to write is written plainly, which costs a quarter of a kilobyte of write-ahead log less for each
 * @throws DatabaseError `otherVersion`, or a unique violation, when a stream no longer has its expected version (another writer)
 */
export async function appendChanges(
  sql: PreparedSql,
  appended: readonly Appended[],
  { rendered = rendering, unmet = false }: { readonly rendered?: string; readonly unmet?: boolean } = {},
): Promise<void> {
  const name = unmet ? 'log-append-new' : 'log-append';
  await sql.prepared(name, appendStatements[name], [
    ...besideValues(appended),
    JSON.stringify(appended.flatMap(eventRows).map((row, place) => ({ place, ...row }))),
    rendered,
    appended.length,
  ]);
}

function eventRows({ change, events }: Appended): object[] {
  return events.map((event) => ({
    id: event.id,
    stream_type: change.type,
    stream_id: change.id,
    person_id: change.personId,
    version: event.streamVersion,
    type: event.type,
    type_version: event.typeVersion,
    occurred_at: event.occurredAt,
    recorded_at: event.recordedAt,
    actor: event.actor,
    cause: event.cause,
    data: event.data,
  }));
}

/** division_by_zero: how the statement fails where a stream of the expected version was not there. */
export const otherVersion = '22012';

/** Writes what events that are in the log already change beside it, into the tables of a rebuild. */
export async function rebuildChange(
  sql: PreparedSql,
  change: StreamChange<unknown>,
  expectedVersion: number,
): Promise<void> {
  const { rows } = await sql.prepared<{ folded: number }>(
    'log-rebuild',
    `with ${besideTheLog('rebuild')} select count(*) as folded from folded`,
    besideValues([{ change, expectedVersion }]),
  );
  if (rows[0]?.folded !== 1) throw new Error(`Stream ${change.id} was rebuilt by another process meanwhile`);
}

/** Removes what destroyed payloads once showed; the tombstones that the change brought stay. */
export async function forgetEarlierVersions(
  sql: PreparedSql,
  schema: TargetSchema,
  change: StreamChange<unknown>,
): Promise<void> {
  await sql.prepared(
    `log-forget-${schema}`,
    `with grants as (delete from ${schema}.access_grant where stream_id = $1)
     delete from ${schema}.resource_version where stream_id = $1 and version < $2`,
    [change.id, change.folded.version],
  );
}

function besideValues(changes: readonly Omit<Appended, 'events'>[]): unknown[] {
  const ofEach = (rowsOf: (change: StreamChange<unknown>) => readonly object[]) =>
    JSON.stringify(
      changes.flatMap(({ change }) => rowsOf(change).map((row) => ({ stream_id: change.id, ...row }))),
    );
  return [
    JSON.stringify(
      changes.map(({ change, expectedVersion }) => ({
        id: change.id,
        type: change.type,
        person_id: change.personId,
        version: change.folded.version,
        expected: expectedVersion,
        exclusive: change.exclusive,
        state: change.folded.state,
        next_deadline: change.nextDeadline,
        open: change.open,
      })),
    ),
    ofEach(resourceRows),
    ofEach(({ grants }) => grants.map(grantRow)),
    ofEach(({ grantsEnded }) => grantsEnded),
  ];
}

/** Rows for `shown` below; `current` marks the last version of each resource. */
function resourceRows(change: StreamChange<unknown>): object[] {
  const last = new Map(change.resources.map((version) => [`${version.type}/${version.id}`, version]));
  return change.resources.map((version) => ({
    current: last.get(`${version.type}/${version.id}`) === version,
    type: version.type,
    id: version.id,
    version: version.version,
    last_updated: version.lastUpdated,
    deleted: version.deleted,
    // Nobody has a grant on a destroyed stream's own id, so nobody reads its tombstones.
    ...(version.rendered ? {} : { scope: change.id, personal: true }),
    case_id: change.caseId,
    ...(version.rendered && columnsOf(version, version.rendered)),
  }));
}

/** A grant as its columns say it; `hospital` is what older processes call who sees drafts. */
function grantRow({ scope, unit, drafts, level, since, listedUntil }: Grant): object {
  return {
    scope,
    unit,
    hospital: drafts,
    content: reaches(level, 'minimum'),
    full_content: reaches(level, 'full'),
    since,
    listed_until: listedUntil,
  };
}

function columnsOf(version: ResourceVersion, rendered: NonNullable<ResourceVersion['rendered']>): object {
  const access = {
    scope: rendered.scope,
    draft: rendered.draft,
    // Older processes know two levels, so each threshold has a column of its own.
    personal: reaches(rendered.needs, 'minimum'),
    full_content: reaches(rendered.needs, 'full'),
  };
  if (version.deleted) return { ...access, person_id: rendered.personId };
  const { resourceType, id, meta, ...rest } = rendered.content;
  const stamped = { ...meta, versionId: String(version.version), lastUpdated: version.lastUpdated };
  return {
    ...access,
    person_id: rendered.personId,
    tokens: rendered.tokens,
    about: aboutOf(rendered.tokens),
    owner: rendered.owner,
    status: 'status' in rest && typeof rest.status === 'string' ? rest.status : undefined,
    deadline: rendered.deadline,
    period_start: rendered.periodStart,
    period_end: rendered.periodEnd,
    content: JSON.stringify({ resourceType, id, meta: stamped, ...rest }),
  };
}

/**
 * The common part; $1 to $4 as in `besideValues`. Columns that a row leaves out are null, so defaults are given here.
 * @param known whether any of it may be there already, to be written over
 */
function besideTheLog(schema: TargetSchema, known = true): string {
  const over = (key: string, columns: string, condition = '') => {
    if (!known) return '';
    const set = columns.split(', ').map((column) => `${column} = excluded.${column}`);
    return `on conflict (${key}) do update set ${set.join(', ')} ${condition}`;
  };
  const streamColumns = 'version, person_id, exclusive, state, next_deadline, open';
  const resourceColumns =
    'version, last_updated, stream_id, case_id, scope, person_id, personal, full_content, draft, deleted, tokens, about, owner, status, deadline, period_start, period_end, content';
  return `
  changed as (
    select * from json_to_recordset($1::json) as row (
      id uuid, type text, person_id uuid, version integer, expected integer, exclusive text, state json,
      next_deadline timestamptz, open boolean)
  ),
  folded as (
    insert into ${schema}.stream (id, type, ${streamColumns})
    select id, type, ${streamColumns} from changed
    ${over('id', streamColumns, 'where stream.version = (select expected from changed where changed.id = excluded.id)')}
    returning 1
  ),
  shown as (
    select * from json_to_recordset($2::json) as row (
      current boolean, type text, id uuid, version integer, last_updated timestamptz, stream_id uuid, case_id uuid, scope uuid, person_id uuid,
      personal boolean, full_content boolean, draft boolean, deleted boolean, tokens text[], about uuid[], owner text, status text, deadline timestamptz,
      period_start timestamptz, period_end timestamptz, content text)
  ),
  written as (
    insert into ${schema}.resource (type, id, ${resourceColumns})
    select type, id, version, last_updated, stream_id, case_id, scope, person_id, personal, coalesce(full_content, false), coalesce(draft, false), deleted,
           coalesce(tokens, '{}'), coalesce(about, '{}'), owner, status, deadline, period_start, period_end, coalesce(content, '')
      from shown where current
    ${over('type, id', resourceColumns)}
  ),
  history as (
    insert into ${schema}.resource_version
      (type, id, version, last_updated, stream_id, scope, personal, full_content, draft, deleted, content)
    select type, id, version, last_updated, stream_id, scope, personal, coalesce(full_content, false), coalesce(draft, false), deleted,
           coalesce(content, '')
      from shown
  ),
  given as (
    insert into ${schema}.access_grant (scope, unit, stream_id, hospital, content, full_content, since, listed_until)
    select scope, unit, stream_id, hospital, content, full_content, since, listed_until
      from json_to_recordset($3::json) as row (
        scope uuid, unit text, stream_id uuid, hospital boolean, content boolean, full_content boolean, since timestamptz,
        listed_until timestamptz)
    ${over('scope, unit, stream_id', 'hospital, content, full_content, since, listed_until')}
  ),
  ended as (
    delete from ${schema}.access_grant using json_to_recordset($4::json) as row (stream_id uuid, scope uuid, unit text)
    where access_grant.stream_id = row.stream_id and access_grant.scope = row.scope and access_grant.unit = row.unit
  )`;
}

const appendStatement = (known: boolean): string => `with
  appended as (
    insert into event (id, stream_type, stream_id, stream_version, type, type_version, person_id, occurred_at,
                       recorded_at, actor, cause, data, rendering)
    select id, stream_type, stream_id, version, type, type_version, person_id, occurred_at, recorded_at, actor, cause, data, $6::text
      from json_to_recordset($5::json) as row (
        place integer, id uuid, stream_type text, stream_id uuid, version integer, type text, type_version smallint, person_id uuid,
        occurred_at timestamptz, recorded_at timestamptz, actor json, cause jsonb, data json)
     order by place
    returning position
  ),
  waiting as (insert into unsequenced (position) select position from appended),
  ${besideTheLog('public', known)}
  select 1 / (count(*) = $7::integer)::integer as folded from folded`;

const appendStatements = {
  'log-append': appendStatement(true),
  'log-append-new': appendStatement(false),
} as const;
