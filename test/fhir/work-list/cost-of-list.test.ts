import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Database } from '../../../src/persistence/database.js';
import { findListed, findShown } from '../../../src/fhir/work-list/find-work-list.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

/**
 * What a list costs (VIEW-1): in proportion to the cases that are on it, and not to those that the hub or the unit ever had. Rows are counted
 * as PostgreSQL counts them, with the plan that it makes for any values.
 */
const unit = 'SE2321000016-W101';
const counts = { listed: 40, over: 4_000, ofOthers: 16_000 };
/** CarePlan, CareTeam, Patient and to-dos of a case, the rights to them, and the look at each right again. */
const perCase = 60;
let store: TestDatabase;
let database: Database;

beforeAll(async () => {
  store = await createTestDatabase();
  database = new Database({ url: store.url, connections: 1 });
  await database.query(`set plan_cache_mode = force_generic_plan`);
  await place(counts.listed, unit, 'infinity');
  await place(counts.over, unit, '2026-01-05');
  await place(counts.ofOthers, 'SE2321000016-W102', 'infinity');
  await store.database.query('vacuum analyze');
});
afterAll(async () => {
  await database.close();
  await store.drop();
});

/** Cases of a unit, each with a person and eight resources, as the log would have written them. */
async function place(count: number, of: string, until: string): Promise<void> {
  await store.database.query(
    `with made as materialized (
       select gen_random_uuid() as id, gen_random_uuid() as person, timestamptz '2026-01-01' + n * interval '1 second' as at
       from generate_series(1, $1::integer) as n),
     granted as (
       insert into access_grant (scope, unit, stream_id, hospital, content, full_content, listed_until)
       select scope, $2, made.id, true, true, true, case when scope = made.id then $3::timestamptz end
       from made cross join lateral unnest(array[made.id, made.person]) as scope)
     insert into resource (type, id, version, last_updated, stream_id, scope, person_id, personal, draft, tokens, about, owner, status, content)
     select kind, case kind when 'CarePlan' then made.id when 'Patient' then made.person else gen_random_uuid() end, 1, at,
       case kind when 'Patient' then made.person else made.id end, case kind when 'Patient' then made.person else made.id end,
       made.person, true, false, '{}', array[made.id], case kind when 'Task' then $2 end, case kind when 'Task' then 'requested' end,
       json_build_object('resourceType', kind)::text
     from made cross join unnest(array['CarePlan', 'Patient', 'CareTeam', 'Task', 'Task', 'Task', 'Communication', 'Communication']) as kind`,
    [count, of, until],
  );
}

type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
};

/** Rows that were read of tables, also those that a filter took away. */
function rowsRead(node: Node): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own =
    node['Relation Name'] === undefined ? 0 : (node['Actual Rows'] + removed) * node['Actual Loops'];
  return own + (node.Plans ?? []).reduce((sum, each) => sum + rowsRead(each), 0);
}

const namesOf = (node: Node): readonly string[] => [
  node['Node Type'],
  ...(node.Plans ?? []).flatMap(namesOf),
];

const literal = (value: unknown): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (!Array.isArray(value)) throw new Error('a value of another kind');
  return `'{${value.join(',')}}'`;
};

/** What is asked, explained with the plan for any values, which a session keeps that has asked often. */
async function explained(ask: (sql: Parameters<typeof findListed>[0]) => Promise<unknown>): Promise<Node> {
  let plan: Node | undefined;
  await ask({
    prepared: async (name, text, values) => {
      const asked = `"${name} ${randomUUID()}"`;
      await database.query(`prepare ${asked} as ${text}`);
      const { rows } = await database.query<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>(
        `explain (analyze, format json) execute ${asked} (${values.map(literal).join(', ')})`,
      );
      plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
      return { rows: [], rowCount: 0 };
    },
  });
  if (plan === undefined) throw new Error('nothing was asked');
  return plan;
}

describe('VIEW-1: a list costs by what is on it', () => {
  const question = { units: [unit], now: new Date('2026-02-01'), contact: [] };

  it.each([false, true])(
    'VIEW-1: reads what the listed cases hold and nothing of others; names and numbers: %s',
    async (patients) => {
      const found = await findListed(store.database, { ...question, patients });
      expect(found).toHaveLength(counts.listed);
      expect(found.every(({ todos }) => todos === 3)).toBe(true);
      const plan = await explained((sql) =>
        findListed(sql, { ...question, patients, responsibilities: ['write'] }),
      );
      expect(namesOf(plan)).not.toContain('Seq Scan');
      expect(rowsRead(plan)).toBeLessThan(perCase * counts.listed);
    },
  );

  it('VIEW-1: a page reads what its cases hold', async () => {
    const [first] = await findListed(store.database, { ...question, patients: false });
    const shown = await findShown(store.database, [unit], [first?.id ?? '']);
    expect(shown.get(first?.id ?? '')?.tasks).toHaveLength(3);
    const plan = await explained((sql) => findShown(sql, [unit], [first?.id ?? '']));
    expect(namesOf(plan)).not.toContain('Seq Scan');
    expect(rowsRead(plan)).toBeLessThan(perCase);
  });
});
