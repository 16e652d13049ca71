import { scopesOf, visible } from '../../access/choke-point.js';
import { particularOf } from '../../projection/search-tokens.js';
import { todoStatuses } from '../../process/todo/status.js';
import { dateCondition } from './date-range.js';
import type { DateColumn, Position, SearchPlan } from './search-plan.js';

/** The directory is open to every authenticated caller; everything else hangs on a scope. */
const openTypes = new Set(['Location', 'Organization', 'Practitioner', 'PractitionerRole']);

/**
 * Where a search begins. PostgreSQL cannot know how selective a person or a unit's rights are, and its guess would make
 * the cost of a search grow with the hub, so the facade says it:
 * - `work-list`: an ordered walk of a unit's Tasks, stopped at the page;
 * - `entries`: at the resources that are about one case, person or the like, or at the ids;
 * - `scopes`: at what the caller's units have a right in, while that is a few thousand;
 * - `latest`: at the latest change, for callers with a right in much, who soon have a page full.
 */
export type Start = 'work-list' | 'entries' | 'scopes' | 'latest';

/** Where to begin; undefined where that hangs on how much the caller has a right in. */
export function startOf(plan: SearchPlan): Start | undefined {
  if (plan.owners !== undefined) return 'work-list';
  if (plan.ids !== undefined || plan.tokens.some((group) => particularsOf(group) !== undefined))
    return 'entries';
  return openTypes.has(plan.type) ? 'latest' : undefined;
}

const periods: Readonly<Record<DateColumn, readonly [start: string, end: string]>> = {
  period: ['r.period_start', 'r.period_end'],
  deadline: ['r.deadline', 'r.deadline'],
  'last-updated': ['r.last_updated', 'r.last_updated'],
};

export type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** The columns of a found row. `position` is the sort value as text, exact to the microsecond. */
export type FoundRow = {
  readonly id: string;
  readonly version: number;
  readonly content: string;
  readonly tokens: readonly string[];
  readonly streamId: string | null;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly position: string | null;
};

/**
 * One page of a search, one row more than the page so that the end is known. Every row has passed the choke point.
 * @param units the caller's units
 */
export function pageStatement(
  plan: SearchPlan,
  start: Start,
  units: readonly string[],
  after: Position | undefined,
): Statement {
  const parameters = new Parameters();
  const order = ordering(plan);
  const limit = `order by ${order.by('r')} limit ${parameters.add(plan.count + 1, 'integer')}`;
  const where = conditions(plan, units, parameters);
  if (after !== undefined) where.push(afterPosition(order, after, parameters));
  const tokens = plan.includes.length > 0 ? 'r.tokens' : `'{}'::text[] as tokens`;
  const columns = `r.id, r.version, r.content, ${tokens}, r.stream_id as "streamId", r.case_id as "caseId", r.person_id as "personId", ${order.column}::text as position`;
  const rows = `resource as r where ${where.join('\n and ')}`;
  const text = {
    'work-list': () => workListPage(plan, columns, rows, limit, parameters),
    entries: () => `with r as materialized (select r.* from ${rows}) select ${columns} from r ${limit}`,
    scopes: () =>
      `with r as materialized (${fromScopes('r.*', rows, units, parameters)}) select ${columns} from r ${limit}`,
    latest: () => `select ${columns} from ${rows} ${limit}`,
  }[start]();
  return { text, values: parameters.values };
}

/** How many resources a search has for this caller. */
export function countStatement(plan: SearchPlan, start: Start, units: readonly string[]): Statement {
  const parameters = new Parameters();
  const where = conditions(plan, units, parameters);
  if (start === 'work-list') where.push(...ownership(plan, parameters));
  const rows = `resource as r where ${where.join('\n and ')}`;
  const counted =
    start === 'scopes' ? fromScopes('r.id', rows, units, parameters) : `select r.id from ${rows}`;
  return { text: `select count(*)::integer as total from (${counted}) as found`, values: parameters.values };
}

/** Resources by type and id as far as the caller may see them; what cannot be seen is left out without a word. */
export function includeStatement(
  wanted: readonly { type: string; id: string }[],
  units: readonly string[],
): Statement {
  return {
    text: `select r.type, r.id, r.content, r.stream_id as "streamId", r.case_id as "caseId", r.person_id as "personId"
      from unnest($1::text[], $2::uuid[]) as wanted(type, id) join resource as r using (type, id)
      where not r.deleted and ${visible('r', '$3')}`,
    values: [wanted.map(({ type }) => type), wanted.map(({ id }) => id), units],
  };
}

/** `offset 0` keeps the planner from turning the look-up of each scope into a scan of everything. */
function fromScopes(columns: string, rows: string, units: readonly string[], parameters: Parameters): string {
  return `select r.* from (${scopesOf(parameters.add(units, 'text[]'))}) as mine
    cross join lateral (select ${columns} from ${rows} and r.scope = mine.scope offset 0) as r`;
}

function ownership({ owners = [], statuses = todoStatuses }: SearchPlan, parameters: Parameters): string[] {
  return [
    `r.owner = any(${parameters.add(owners, 'text[]')})`,
    `r.status = any(${parameters.add(statuses, 'text[]')})`,
  ];
}

/** One ordered walk for each unit and state, each stopped at a page, so the cost does not grow with the list. */
function workListPage(
  { owners = [], statuses = todoStatuses }: SearchPlan,
  columns: string,
  rows: string,
  limit: string,
  parameters: Parameters,
): string {
  if (owners.length === 1 && statuses.length === 1)
    return `select ${columns} from ${rows}
      and r.owner = ${parameters.add(owners[0], 'text')} and r.status = ${parameters.add(statuses[0], 'text')} ${limit}`;
  return `with r as materialized (
      select page.* from unnest(${parameters.add(owners, 'text[]')}) as o(owner)
      cross join unnest(${parameters.add(statuses, 'text[]')}) as s(status)
      cross join lateral (select r.* from ${rows} and r.owner = o.owner and r.status = s.status ${limit}) as page)
    select ${columns} from r ${limit}`;
}

/** What the entries name, where each of them names one person or thing: only these stand in an index for types beside the directory's. */
function particularsOf(tokens: readonly string[]): readonly string[] | undefined {
  const named = tokens.flatMap((token) => particularOf(token) ?? []);
  return named.length === tokens.length ? named : undefined;
}

function conditions(plan: SearchPlan, units: readonly string[], parameters: Parameters): string[] {
  const where = [
    // Written out for those of the partial indexes: the work list's, and that of the directory's entries.
    plan.type === 'Task' || openTypes.has(plan.type)
      ? `r.type = '${plan.type}'`
      : `r.type = ${parameters.add(plan.type, 'text')}`,
    'not r.deleted',
    visible('r', parameters.add(units, 'text[]')),
  ];
  if (plan.ids !== undefined) where.push(`r.id = any(${parameters.add(plan.ids, 'uuid[]')})`);
  for (const group of plan.tokens) {
    const named = particularsOf(group);
    if (named !== undefined) where.push(`r.about && ${parameters.add(named, 'uuid[]')}`);
  }
  const single = plan.tokens.filter((group) => group.length === 1).flat();
  if (single.length > 0) where.push(`r.tokens @> ${parameters.add(single, 'text[]')}`);
  for (const group of plan.tokens)
    if (group.length !== 1) where.push(`r.tokens && ${parameters.add(group, 'text[]')}`);
  for (const date of plan.dates)
    where.push(
      dateCondition(date, periods[date.column], (instant) => parameters.add(instant, 'timestamptz')),
    );
  return where;
}

type Ordering = {
  readonly column: string;
  readonly descending: boolean;
  readonly by: (row: string) => string;
};

function ordering({ sort }: SearchPlan): Ordering {
  const descending = sort.startsWith('-');
  const name = sort.endsWith('deadline') ? 'deadline' : 'last_updated';
  const direction = descending ? 'desc' : 'asc';
  // `last_updated` is never null; saying nothing about nulls keeps to the index.
  const nulls = name === 'deadline' && descending ? ' nulls last' : '';
  return {
    column: `r.${name}`,
    descending,
    by: (row) => `${row}.${name} ${direction}${nulls}, ${row}.id ${direction}`,
  };
}

function afterPosition(
  { column, descending }: Ordering,
  { value, id }: Position,
  parameters: Parameters,
): string {
  const sign = descending ? '<' : '>';
  const lastId = parameters.add(id, 'uuid');
  if (value === null) return `(${column} is null and r.id ${sign} ${lastId})`;
  const beyond = `(${column}, r.id) ${sign} (${parameters.add(value, 'timestamptz')}, ${lastId})`;
  return column === 'r.deadline' ? `(${beyond} or ${column} is null)` : beyond;
}

class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
