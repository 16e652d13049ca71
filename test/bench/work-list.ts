import type { AddressInfo } from 'node:net';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import type { Database } from '../../src/persistence/database.js';
import { startFacade, type TestFacade } from '../support/facade.js';
import { personAt, sample, sampleOrganisation } from '../support/organisation.js';
import { answered, getRequest, latencyOf, load } from './harness/load.js';
import { ratioOf, type BenchContext, type Figure, type Measure } from './harness/measure.js';
import { requestLog } from './harness/request-log.js';
import type { BenchServer } from './harness/server.js';
import { interleaved } from './harness/statistics.js';

const connections = 4;
const mostGrowth = 1.5;
/** What the unit with little to do has, in either store. */
const few = 20;
const planner = `SE${sample.municipality}-P2`;

const sizesOf = (quick: boolean) =>
  quick ? { small: 10_000, large: 100_000 } : { small: 10_000, large: 1_000_000 };

/** A unit's work list through the facade, with access check and audit, as the to-dos grow. */
export const workList: Measure = {
  name: 'work-list',
  title: 'A unit’s work list as the to-dos grow',
  setting: ({ quick }) => {
    const { small, large } = sizesOf(quick);
    return `First page (20) of \`Task?owner:identifier=…&status=requested\`, latest change first, ${connections} connections kept alive. Subject: ${large.toLocaleString('en')} to-dos in the store; floor: ${small.toLocaleString('en')}; four in five open, each on a case of its own. The ward with much owns half of all; the unit with little owns ${few} in either store.`;
  },
  run,
};

async function run({ server, pace, tell }: BenchContext): Promise<readonly Figure[]> {
  const { small, large } = sizesOf(pace.quick);
  const facades: TestFacade[] = [];
  try {
    const ask = async (todos: number) => {
      const facade = await startFilled(server, todos);
      facades.push(facade);
      tell(`  ${todos} to-dos are in`);
      return {
        much: await firstPage(facade, sample.nurse, sample.ward, pace.milliseconds),
        little: await firstPage(facade, planner, sample.inbox, pace.milliseconds),
      };
    };
    const [inSmall, inLarge] = [await ask(small), await ask(large)];
    const results = await interleaved(pace.rounds, {
      floorMuch: inSmall.much,
      much: inLarge.much,
      floorLittle: inSmall.little,
      little: inLarge.little,
    });
    return [
      figureOf('a ward that owns half', results.much, results.floorMuch),
      figureOf('a unit with few', results.little, results.floorLittle),
    ];
  } finally {
    for (const facade of facades) await facade.stop();
  }
}

type Rounds = Parameters<typeof latencyOf>[0];

function figureOf(of: string, inLarge: Rounds, inSmall: Rounds): Figure {
  const [subject, floor] = [latencyOf(inLarge), latencyOf(inSmall)];
  const ratio = ratioOf(subject.values['p50'] ?? Number.NaN, floor.values['p50'] ?? Number.NaN);
  return { of, subject, floor, ratio, aim: { text: `p50 ≤ ${mostGrowth} times`, met: ratio <= mostGrowth } };
}

async function startFilled(server: BenchServer, todos: number): Promise<TestFacade> {
  const organisation = sampleOrganisation();
  const people = [...organisation.people, personAt(sample.inbox, ['Sjuksköterska'], 'P2')];
  const facade = await startFacade(
    { ...organisation, people },
    { store: await server.createDatabase(), replace: () => ({ logger: requestLog() }) },
  );
  // The facade asks for less of it; it is the bench's database.
  const database = facade.store.database;
  await placeTodos(database, todos);
  await facade.app.listen(0, '127.0.0.1');
  return facade;
}

async function firstPage(facade: TestFacade, user: string, unit: string, milliseconds: number) {
  const { port } = facade.app.getHttpServer().address() as AddressInfo;
  const authorization = await facade.user(user, unit);
  const owner = encodeURIComponent(`${identifierSystems.hsa}|${unit}`);
  const requests = [getRequest(`/fhir/Task?owner:identifier=${owner}&status=requested`, { authorization })];
  return async () => answered(await load({ port, requests, connections, milliseconds }));
}

/** To-dos of 400 bytes of content and more, as the log would have written them. */
async function placeTodos(database: Database, count: number): Promise<void> {
  const step = 50_000;
  for (let start = 0; start < count; start += step) {
    await database.query(
      `with todo as (
         select n, gen_random_uuid() as id, gen_random_uuid() as scope, gen_random_uuid() as person,
           case when n % $6 = 1 then $5 when n % 2 = 0 then $3 else $4 end as unit,
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
      [start, Math.min(start + step, count), sample.ward, sample.healthCentre, sample.inbox, count / few],
    );
  }
  await database.query('vacuum analyze resource');
  await database.query('vacuum analyze access_grant');
}
