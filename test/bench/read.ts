import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { Pool } from 'pg';
import { placeGrant, placeResource, startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { answered, getRequest, latencyOf, load, type LoadResult, type ServedLoad } from './harness/load.js';
import {
  atLeast,
  beside,
  processorTime,
  rate,
  ratioOf,
  type BenchContext,
  type Figure,
  type Measure,
} from './harness/measure.js';
import { startKeepingReader } from './hub/keeping-reader.js';
import { requestLog } from './harness/request-log.js';
import { interleaved, median } from './harness/statistics.js';

const resources = 1_000;
/** As many clients as a small and a larger region would have asking at the same moment. */
const connectionCounts = [16, 64] as const;
const aim = 0.65;

/** Read by id with access check and audit, beside bare Fastify and pg serving the same bytes. */
export const read: Measure = {
  name: 'read',
  title: 'Read by id',
  setting: () =>
    `CarePlan by id out of ${resources} of 1.7 kB, 16 and 64 connections kept alive, the load from a thread of its own. Subject: the facade with token, access check in the database, audit record durable before the answer, request log, metrics. Floor: Fastify and pg serving the same bytes by id, in the same process. Beside it the least program that keeps the same promises: right asked of the database, a signed and chained record durable before the answer.`,
  run,
};

async function run({ server, pace }: BenchContext): Promise<readonly Figure[]> {
  const facade = await startFacade(sampleOrganisation(), {
    store: await server.createDatabase(),
    replace: () => ({ logger: requestLog() }),
  });
  const paths = (await placePlans(facade)).map((id) => `/fhir/CarePlan/${id}`);
  await facade.app.listen(0, '127.0.0.1');
  const floor = await startFloor(facade.store.url);
  const keeping = await startKeepingReader(facade.store.url, sample.ward);
  try {
    const authorization = await facade.user(sample.nurse, sample.ward);
    const { port } = facade.app.getHttpServer().address() as AddressInfo;
    const figures: Figure[] = [];
    for (const connections of connectionCounts) {
      const side = (at: number, headers: Readonly<Record<string, string>>) => {
        const requests = paths.map((path) => getRequest(path, headers));
        return async () =>
          answered(await load({ port: at, requests, connections, milliseconds: pace.milliseconds }));
      };
      const results = await interleaved(pace.rounds, {
        floor: side(floor.port, {}),
        keeping: side(keeping.port, {}),
        subject: side(port, { authorization }),
      });
      const perSecond = (sides: readonly LoadResult[]) => median(sides.map((one) => one.perSecond));
      const [subject, least] = [perSecond(results.subject), perSecond(results.floor)];
      const ratio = ratioOf(subject, least);
      figures.push(
        {
          of: `reads, ${connections} connections`,
          subject: rate(subject),
          floor: rate(least),
          ratio,
          aim: atLeast(aim, ratio),
        },
        beside(`reads, ${connections} connections`, subject, perSecond(results.keeping)),
        { of: 'a read', subject: latencyOf(results.subject), floor: latencyOf(results.floor) },
        {
          of: 'processor time of a read',
          subject: processorTime(timeOf(results.subject)),
          floor: processorTime(timeOf(results.floor)),
          ratio: ratioOf(timeOf(results.floor), timeOf(results.subject)),
        },
      );
    }
    return figures;
  } finally {
    await floor.stop();
    await keeping.stop();
    await facade.stop();
  }
}

/** Of the thread that serves alone: neither PostgreSQL nor the load. Less disturbed by other work than a rate. */
function timeOf(rounds: readonly ServedLoad[]): number {
  return median(rounds.map((one) => one.processorMicroseconds));
}

async function placePlans(facade: TestFacade): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < resources; index++) {
    const scope = randomUUID();
    await placeResource(facade.store, {
      type: 'CarePlan',
      id: scope,
      scope,
      personId: randomUUID(),
      content: { description: 'x'.repeat(1_500) },
    });
    await placeGrant(facade.store, { scope, unit: sample.ward });
    ids.push(scope);
  }
  await facade.store.database.query('analyze');
  return ids;
}

/** What a read would be without anything that the hub is for. */
async function startFloor(url: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const pool = new Pool({ connectionString: url, max: 20 });
  pool.on('error', () => undefined); // The server ends before the last idle connection does.
  const server = fastify();
  server.get<{ Params: { type: string; id: string } }>('/fhir/:type/:id', async ({ params }, reply) => {
    const { rows } = await pool.query<{ content: string }>({
      name: 'read',
      text: 'select content from resource where type = $1 and id = $2',
      values: [params.type, params.id],
    });
    return reply.type('application/fhir+json; charset=utf-8').send(rows[0]?.content);
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      await server.close();
      await pool.end();
    },
  };
}
