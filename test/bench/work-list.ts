import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { identifierSystems } from '../../src/projection/codes.js';
import { pageStatement } from '../../src/fhir/search/search-sql.js';
import type { SearchPlan } from '../../src/fhir/search/search-plan.js';
import { createDurableTestDatabase } from '../support/database.js';
import { startFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { getRequest, load, median } from './load.js';

export type WorkListFigures = {
  /** To-dos in the hub; half of them are the asking unit's own. */
  readonly todos: number;
  /** Milliseconds from request to whole answer: the first page of the open to-dos, latest change first. */
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  /** What PostgreSQL did for it, one line each. */
  readonly plan: readonly string[];
};

/**
 * A unit's work list through the facade, with access check and audit, as the to-dos grow. Aim: p50 of the largest at most
 * 1.5 times that of the smallest.
 * @param options.todos how many to-dos there are at each size, ascending
 */
export async function benchWorkList(
  options: { todos?: readonly number[]; rounds?: number; milliseconds?: number; connections?: number } = {},
): Promise<readonly WorkListFigures[]> {
  const { todos = [10_000, 1_000_000], rounds = 3, milliseconds = 2_000, connections = 4 } = options;
  const facade = await startFacade(sampleOrganisation(), {
    store: await createDurableTestDatabase(),
    replace: () => ({ logger: pino({ level: 'silent' }) }),
  });
  try {
    await facade.app.listen(0, '127.0.0.1');
    const { port } = facade.app.getHttpServer().address() as AddressInfo;
    const authorization = await facade.user(sample.nurse, sample.ward);
    const owner = encodeURIComponent(`${identifierSystems.hsa}|${sample.ward}`);
    const request = getRequest(`/fhir/Task?owner:identifier=${owner}&status=requested`, { authorization });
    const figures: WorkListFigures[] = [];
    let placed = 0;
    for (const size of todos) {
      await placeTodos(facade.store.database, placed, size);
      placed = size;
      await load({ port, requests: [request], connections, milliseconds: 500 });
      const results = [];
      for (let round = 0; round < rounds; round++)
        results.push(await load({ port, requests: [request], connections, milliseconds }));
      const failures = results.reduce((sum, one) => sum + one.failures, 0);
      if (failures > 0) throw new Error(`${failures} searches failed`);
      const latencies = results.flatMap((one) => one.latencies).toSorted((a, b) => a - b);
      figures.push({
        todos: size,
        p50: median(latencies),
        p99: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
        perSecond: median(results.map(({ perSecond }) => perSecond)),
        plan: await planOf(facade.store.database),
      });
    }
    return figures;
  } finally {
    await facade.stop();
  }
}

type Database = Awaited<ReturnType<typeof createDurableTestDatabase>>['database'];

/** To-dos of 400 bytes of content and more, each on a case of its own; every second one the ward's, four in five open. */
async function placeTodos(database: Database, from: number, to: number): Promise<void> {
  const step = 50_000;
  for (let start = from; start < to; start += step) {
    await database.query(
      `with todo as (
         select n, gen_random_uuid() as id, gen_random_uuid() as scope, gen_random_uuid() as person,
           case when n % 2 = 0 then $3 else $4 end as unit,
           case when n % 5 = 0 then 'completed' else 'requested' end as status,
           timestamptz '2026-01-01' + n * interval '1 second' as at
         from generate_series($1::integer, $2::integer - 1) as n),
       granted as (
         insert into access_grant (scope, unit, stream_id, hospital, content)
         select scope, unit, scope, false, true from todo)
       insert into resource (type, id, version, last_updated, scope, person_id, personal, draft, tokens, owner, status, deadline, content)
       select 'Task', id, 1, at, scope, person, true, false,
         array['status|' || status, 'owner:identifier|urn:oid:1.2.752.29.4.19#' || unit, 'based-on|CarePlan/' || scope],
         unit, status, at + interval '1 day',
         json_build_object('resourceType', 'Task', 'id', id, 'status', status, 'description', repeat('x', 400))::text
       from todo`,
      [start, Math.min(start + step, to), sample.ward, sample.healthCentre],
    );
  }
  await database.query('vacuum analyze resource');
  await database.query('vacuum analyze access_grant');
}

async function planOf(database: Database): Promise<readonly string[]> {
  const plan: SearchPlan = {
    type: 'Task',
    tokens: [],
    dates: [],
    owners: [sample.ward],
    statuses: ['requested'],
    sort: '-last-updated',
    count: 20,
    total: false,
    includes: [],
  };
  const { text, values } = pageStatement(plan, 'work-list', [sample.ward], undefined);
  const { rows } = await database.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers, costs off) ${text}`,
    values,
  );
  return rows.map((row) => row['QUERY PLAN']);
}
