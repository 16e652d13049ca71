import { granted, visible } from '../../access/choke-point.js';
import { dateCondition } from './date-range.js';
import type { DateColumn, Position, SearchPlan } from './search-plan.js';

/** The directory is open to every authenticated caller; everything else hangs on a scope. */
const openTypes = new Set(['Location', 'Organization', 'Practitioner', 'PractitionerRole']);
const taskStatuses = ['requested', 'completed', 'cancelled'];

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
  readonly scope: string | null;
  readonly personId: string | null;
  readonly position: string | null;
};

/**
 * One page of a search, one row more than the page so that the end is known. Every row has passed the choke point.
 * @param units the caller's units
 */
export function pageStatement(
  plan: SearchPlan,
  units: readonly string[],
  after: Position | undefined,
): Statement {
  const parameters = new Parameters();
  const order = ordering(plan);
  const limit = parameters.add(plan.count + 1, 'integer');
  const base = conditions(plan, units, parameters);
  if (after !== undefined) base.push(afterPosition(order, after, parameters));
  const columns = `r.id, r.version, r.content, ${plan.includes.length > 0 ? 'r.tokens' : `'{}'::text[] as tokens`},
    r.scope, r.person_id as "personId", ${order.column}::text as position, ${order.column} as sorted`;
  const query = (where: readonly string[]) =>
    `select ${columns} from resource as r where ${where.join('\n and ')} order by ${order.by('r')} limit ${limit}`;
  return { text: source(plan, base, parameters, query, order, limit), values: parameters.values };
}

/** How many resources a search has for this caller. */
export function countStatement(plan: SearchPlan, units: readonly string[]): Statement {
  const parameters = new Parameters();
  const where = conditions(plan, units, parameters);
  if (plan.owners !== undefined) {
    where.push(`r.owner = any(${parameters.add(plan.owners, 'text[]')})`);
    where.push(`r.status = any(${parameters.add(plan.statuses ?? taskStatuses, 'text[]')})`);
  }
  return {
    text: `select count(*)::integer as total from resource as r where ${where.join('\n and ')}`,
    values: parameters.values,
  };
}

/** Resources by type and id as far as the caller may see them; what cannot be seen is left out without a word. */
export function includeStatement(
  wanted: readonly { type: string; id: string }[],
  units: readonly string[],
): Statement {
  return {
    text: `select r.type, r.id, r.content, r.scope, r.person_id as "personId"
      from unnest($1::text[], $2::uuid[]) as wanted(type, id) join resource as r using (type, id)
      where not r.deleted and ${visible('r', '$3')}`,
    values: [wanted.map(({ type }) => type), wanted.map(({ id }) => id), units],
  };
}

function source(
  plan: SearchPlan,
  base: readonly string[],
  parameters: Parameters,
  query: (where: readonly string[]) => string,
  order: Ordering,
  limit: string,
): string {
  if (plan.owners === undefined) return query(base);
  const statuses = plan.statuses ?? taskStatuses;
  if (plan.owners.length === 1 && statuses.length === 1)
    return query([
      ...base,
      `r.owner = ${parameters.add(plan.owners[0], 'text')}`,
      `r.status = ${parameters.add(statuses[0], 'text')}`,
    ]);
  // One ordered walk of the index for each unit and state, each stopped at a page, so the cost does not grow with the list.
  return `select page.* from unnest(${parameters.add(plan.owners, 'text[]')}) as o(owner)
    cross join unnest(${parameters.add(statuses, 'text[]')}) as s(status)
    cross join lateral (${query([...base, 'r.owner = o.owner', 'r.status = s.status'])}) as page
    order by ${order.outer} limit ${limit}`;
}

function conditions(plan: SearchPlan, units: readonly string[], parameters: Parameters): string[] {
  // The work list keeps the check on each row, so that the index gives the order and the walk stops at the page.
  const access = plan.owners !== undefined || openTypes.has(plan.type) ? visible : granted;
  const where = [
    plan.type === 'Task' ? `r.type = 'Task'` : `r.type = ${parameters.add(plan.type, 'text')}`,
    'not r.deleted',
    access('r', parameters.add(units, 'text[]')),
  ];
  if (plan.ids !== undefined) where.push(`r.id = any(${parameters.add(plan.ids, 'uuid[]')})`);
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
  readonly outer: string;
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
    outer: `page.sorted ${direction}${nulls}, page.id ${direction}`,
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
