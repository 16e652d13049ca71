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

/**
 * Appends events with the expected version and writes everything they change, in one statement: events, their
 * unsequenced positions, the folded state, resources with history, grants.
 * @param options.rendered the version of the program that folded and rendered the change
 * @param options.unmet nothing of a new stream is expected to be there: what is is a unique violation, and all there is to write is
 *   written plainly, which costs a quarter of a kilobyte of write-ahead log less
 * @throws DatabaseError `otherVersion`, or a unique violation, when the stream no longer has the expected version (another writer)
 */
export async function appendChange(
  sql: PreparedSql,
  change: StreamChange<unknown>,
  expectedVersion: number,
  events: readonly RecordedEvent[],
  { rendered = rendering, unmet = false }: { readonly rendered?: string; readonly unmet?: boolean } = {},
): Promise<void> {
  const name = unmet && expectedVersion === 0 ? 'log-append-new' : 'log-append';
  await sql.prepared(name, appendStatements[name], [
    ...besideValues(change, expectedVersion),
    JSON.stringify(
      events.map((event) => ({
        id: event.id,
        version: event.streamVersion,
        type: event.type,
        type_version: event.typeVersion,
        occurred_at: event.occurredAt,
        recorded_at: event.recordedAt,
        actor: event.actor,
        cause: event.cause,
        data: event.data,
      })),
    ),
    rendered,
  ]);
}

/** division_by_zero: how the statement fails where no stream of the expected version was there. */
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
    besideValues(change, expectedVersion),
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

function besideValues(change: StreamChange<unknown>, expectedVersion: number): unknown[] {
  return [
    change.id,
    change.type,
    change.personId ?? null,
    change.folded.version,
    change.exclusive ?? null,
    change.folded.state === undefined ? null : JSON.stringify(change.folded.state),
    expectedVersion,
    JSON.stringify(resourceRows(change)),
    JSON.stringify(change.grants.map(grantRow)),
    JSON.stringify(change.grantsEnded),
    change.nextDeadline ?? null,
    change.open,
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
function grantRow({ scope, unit, drafts, level, since }: Grant): object {
  return {
    scope,
    unit,
    hospital: drafts,
    content: reaches(level, 'minimum'),
    full_content: reaches(level, 'full'),
    since,
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
 * The common part; $1 to $12 as in `besideValues`. Columns that a row leaves out are null, so defaults are given here.
 * @param known whether any of it may be there already, to be written over
 */
function besideTheLog(schema: TargetSchema, known = true): string {
  const over = (key: string, columns: string, condition = '') => {
    if (!known) return '';
    const set = columns.split(', ').map((column) => `${column} = excluded.${column}`);
    return `on conflict (${key}) do update set ${set.join(', ')} ${condition}`;
  };
  const resourceColumns =
    'version, last_updated, stream_id, case_id, scope, person_id, personal, full_content, draft, deleted, tokens, about, owner, status, deadline, period_start, period_end, content';
  return `
  folded as (
    insert into ${schema}.stream (id, type, version, person_id, exclusive, state, next_deadline, open)
    select $1::uuid, $2::text, $4::integer, $3::uuid, $5::text, $6::json, $11::timestamptz, $12::boolean ${known ? '' : 'where $7::integer = 0'}
    ${over('id', 'version, person_id, exclusive, state, next_deadline, open', 'where stream.version = $7::integer')}
    returning 1
  ),
  shown as (
    select * from json_to_recordset($8::json) as row (
      current boolean, type text, id uuid, version integer, last_updated timestamptz, case_id uuid, scope uuid, person_id uuid,
      personal boolean, full_content boolean, draft boolean, deleted boolean, tokens text[], about uuid[], owner text, status text, deadline timestamptz,
      period_start timestamptz, period_end timestamptz, content text)
  ),
  written as (
    insert into ${schema}.resource (type, id, ${resourceColumns})
    select type, id, version, last_updated, $1::uuid, case_id, scope, person_id, personal, coalesce(full_content, false), coalesce(draft, false), deleted,
           coalesce(tokens, '{}'), coalesce(about, '{}'), owner, status, deadline, period_start, period_end, coalesce(content, '')
      from shown where current
    ${over('type, id', resourceColumns)}
  ),
  history as (
    insert into ${schema}.resource_version
      (type, id, version, last_updated, stream_id, scope, personal, full_content, draft, deleted, content)
    select type, id, version, last_updated, $1::uuid, scope, personal, coalesce(full_content, false), coalesce(draft, false), deleted,
           coalesce(content, '')
      from shown
  ),
  given as (
    insert into ${schema}.access_grant (scope, unit, stream_id, hospital, content, full_content, since)
    select scope, unit, $1::uuid, hospital, content, full_content, since
      from json_to_recordset($9::json) as row (
        scope uuid, unit text, hospital boolean, content boolean, full_content boolean, since timestamptz)
    ${over('scope, unit, stream_id', 'hospital, content, full_content, since')}
  ),
  ended as (
    delete from ${schema}.access_grant using json_to_recordset($10::json) as row (scope uuid, unit text)
    where access_grant.stream_id = $1::uuid and access_grant.scope = row.scope and access_grant.unit = row.unit
  )`;
}

const appendStatement = (known: boolean): string => `with
  appended as (
    insert into event (id, stream_type, stream_id, stream_version, type, type_version, person_id, occurred_at,
                       recorded_at, actor, cause, data, rendering)
    select id, $2::text, $1::uuid, version, type, type_version, $3::uuid, occurred_at, recorded_at, actor, cause, data, $14::text
      from json_to_recordset($13::json) as row (
        id uuid, version integer, type text, type_version smallint, occurred_at timestamptz, recorded_at timestamptz,
        actor json, cause jsonb, data json)
     order by version
    returning position
  ),
  waiting as (insert into unsequenced (position) select position from appended),
  ${besideTheLog('public', known)}
  select 1 / count(*) as folded from folded`;

const appendStatements = {
  'log-append': appendStatement(true),
  'log-append-new': appendStatement(false),
} as const;
