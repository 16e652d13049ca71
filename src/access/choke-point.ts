import { unseen } from '../persistence/kept-plan.js';
import type { SqlConnection } from '../persistence/database.js';
import type { HsaId, Uuid } from '../process/vocabulary.js';
import type { AccessContext } from './access-context.js';

/** Who can be asked for a resource: the database, or the session of a transaction. */
export type Queryable = Pick<SqlConnection, 'query'> & Partial<Pick<SqlConnection, 'prepared'>>;

/**
 * THE one place that decides what a caller sees (ACC-1, ACC-2, ACC-7, PAT-6, CON-8). Every way to read — read, vread, history,
 * search with its counts and includes, and the target of every step — builds its SQL with this fragment and with nothing
 * else. A row is visible when it is open to every authenticated caller (no scope), or when a grant for one of the
 * caller's units exists that reaches what the row holds. Grants are asked of the database on every request, so a unit
 * that is removed loses access at once.
 * @param row alias of `resource` in the query
 * @param units SQL of the caller's units, a `text[]`, normally a parameter such as `$3`
 */
export function visible(row: string, units: string): string {
  return `(${row}.scope is null or ${granted(row, units)})`;
}

/**
 * The same for a version, current or earlier. A unit reads the versions from the one that stood when it joined: what was
 * published before is for those who took part then (CON-8).
 * @param row alias of `resource_version` in the query
 * @param units as for `visible`
 */
export function versionVisible(row: string, units: string): string {
  return `(${row}.scope is null or ${granted(
    row,
    units,
    `and (g.since is null or not exists (
      select from resource_version as later
      where later.type = ${row}.type and later.id = ${row}.id and later.version > ${row}.version
        and later.last_updated <= g.since))`,
  )})`;
}

/** The right itself: a grant for one of the units that reaches what the row holds. */
function granted(row: string, units: string, further = ''): string {
  return `exists (
    select from access_grant as g
    where g.scope = ${row}.scope and g.unit = any(${units}::text[])
      and ${reaches('g', row)} ${further})`;
}

/**
 * Whether a grant's level is enough for a row, and whether it shows drafts where the row is one. Levels are kept as two thresholds: what
 * is `personal` needs the minimum (`content`), what is `full_content` needs all (CON-5). Who sees drafts stands in `hospital`.
 * @param grant alias of `access_grant`
 * @param row alias of `resource` or `resource_version`
 */
export function reaches(grant: string, row: string): string {
  return `(${grant}.content or not ${row}.personal) and (${grant}.full_content or not ${row}.full_content)
      and (${grant}.hospital or not ${row}.draft)`;
}

/**
 * Scopes in which the units have any right at all: where a search may begin. It decides nothing; every row found from
 * there still passes `visible`.
 * @param units SQL of the caller's units, as for `visible`
 */
export function scopesOf(units: string): string {
  return `select distinct scope from access_grant where unit = any(${units}::text[])`;
}

/**
 * Cases on the list of the units at a moment (VIEW-1, VIEW-8), once each: where a list begins. It decides nothing; every row found from there
 * still passes `visible`.
 * @param units as for `visible`
 * @param moment SQL of the moment, normally a parameter
 */
export function listedScopes(units: string, moment: string): string {
  return `select distinct scope from access_grant where unit = any(${units}::text[])
    and listed_until is not null and listed_until >= ${moment}::timestamptz`;
}

/** Whether the units have rights in more scopes than `limit`. */
export async function hasMoreScopesThan(
  sql: SqlConnection,
  units: readonly string[],
  limit: number,
): Promise<boolean> {
  const { rows } = await sql.prepared<{ more: boolean }>(
    'more-scopes',
    `select count(*) > $2::integer as more from (select from access_grant where unit = any($1::text[]) limit $2::integer + 1) as first`,
    [units, limit],
  );
  return rows[0]?.more ?? true;
}

/** A resource as a caller may know it. */
export type Sighting =
  | {
      readonly visible: true;
      readonly version: number;
      readonly lastUpdated: Date;
      readonly deleted: boolean;
      readonly content: string;
      readonly streamId: Uuid | null;
      readonly caseId: Uuid | null;
      readonly scope: Uuid | null;
      readonly personId: Uuid | null;
      /** Of a version: whether there is none after it. */
      readonly current?: boolean;
    }
  /** It exists but not for this caller: the answer is 404, the trail says who tried (ACC-1). */
  | {
      readonly visible: false;
      readonly streamId: Uuid | null;
      readonly caseId: Uuid | null;
      readonly scope: Uuid | null;
      readonly personId: Uuid | null;
    };

/** What is asked for, and for whom. */
export type Wanted = {
  readonly type: string;
  readonly id: string;
  /** Units of the caller, of `AccessContext`. */
  readonly units: readonly HsaId[];
};

type Found = Sighting & { readonly place: number };

/** `offset 0` keeps the planner from deciding twice, once for each use of `visible`. */
const findCurrent = `select q.place, r.version, r.last_updated as "lastUpdated", r.deleted, r.stream_id as "streamId", r.case_id as "caseId", r.scope,
  r.person_id as "personId", c.visible, case when c.visible then r.content end as content
  from unnest(${unseen('$1::text[]', '$2::uuid[]', '$3::text[]')}) with ordinality as q (type, id, units, place)
  join resource as r on r.type = q.type and r.id = q.id
  cross join lateral (select ${visible('r', 'q.units')} as visible offset 0) as c`;

const findOneVersion = `select q.place, v.version, v.version = r.version as current, v.last_updated as "lastUpdated", v.deleted, v.stream_id as "streamId", r.case_id as "caseId", v.scope,
  r.person_id as "personId", c.visible, case when c.visible then v.content end as content
  from unnest(${unseen('$1::text[]', '$2::uuid[]', '$3::text[]', '$4::integer[]')}) with ordinality as q (type, id, units, version, place)
  join resource_version as v on v.type = q.type and v.id = q.id and v.version = q.version
  join resource as r on r.type = v.type and r.id = v.id
  cross join lateral (select ${versionVisible('v', 'q.units')} as visible offset 0) as c`;

/**
 * Current versions of resources, each decided for its own caller, all in one round trip.
 * @returns one for each that was wanted, in their order; undefined where there is no such resource: treat it like
 * `visible: false`
 */
export function findResources(
  sql: Queryable,
  wanted: readonly Wanted[],
): Promise<readonly (Sighting | undefined)[]> {
  return find(sql, 'find-resources', findCurrent, wanted, []);
}

/** Versions of resources, as `findResources`; the right is the one to that version. */
export function findVersions(
  sql: Queryable,
  wanted: readonly (Wanted & { readonly version: number })[],
): Promise<readonly (Sighting | undefined)[]> {
  return find(sql, 'find-versions', findOneVersion, wanted, [wanted.map(({ version }) => version)]);
}

/**
 * The current version of one resource. Write steps find their target with it, inside their transaction (`session.sql`),
 * so the right is that of the moment of the step.
 */
export async function findResource(
  sql: Queryable,
  { units }: AccessContext,
  type: string,
  id: string,
): Promise<Sighting | undefined> {
  return isUuid(id) ? (await findResources(sql, [{ type, id, units }]))[0] : undefined;
}

/** One version of one resource, with the access check on that version. */
export async function findVersion(
  sql: Queryable,
  { units }: AccessContext,
  type: string,
  id: string,
  version: number,
): Promise<Sighting | undefined> {
  return isUuid(id) ? (await findVersions(sql, [{ type, id, version, units }]))[0] : undefined;
}

async function find(
  sql: Queryable,
  name: string,
  text: string,
  wanted: readonly Wanted[],
  further: readonly unknown[],
): Promise<readonly (Sighting | undefined)[]> {
  const values = [
    wanted.map(({ type }) => type),
    wanted.map(({ id }) => id),
    wanted.map(({ units }) => arrayLiteral(units)),
    ...further,
  ];
  const { rows } = sql.prepared
    ? await sql.prepared<Found>(name, text, values)
    : await sql.query<Found>(text, values);
  const found = new Map(rows.map((row) => [row.place, row]));
  return wanted.map((_, index) => found.get(index + 1));
}

/** An array as PostgreSQL writes it, since an array of arrays would have to be a rectangle. */
function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an id the hub could have given: a UUID in lower case. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}
