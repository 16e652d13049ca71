import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import pg from 'pg';
import { pino } from 'pino';
import { createDurableTestDatabase } from '../support/database.js';
import { placeGrant, placeResource, startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { getRequest, load, median } from './load.js';

export type ReadBench = {
  /** Reads per second of bare Fastify and pg, serving the same bytes; of the facade with access check and audit. */
  readonly bare: number;
  readonly facade: number;
  /** The facade's share of the floor. Aim: 0.6. */
  readonly ratio: number;
  readonly bytes: number;
};

const resources = 1_000;

/**
 * Read by id with access check and audit, beside bare Fastify and pg serving the same bytes: medians of interleaved runs.
 * On a server of its own with fsync on.
 */
export async function benchRead(
  options: { rounds?: number; milliseconds?: number; connections?: number } = {},
): Promise<ReadBench> {
  const { rounds = 5, milliseconds = 3_000, connections = 16 } = options;
  const facade = await startFacade(sampleOrganisation(), {
    store: await createDurableTestDatabase(),
    replace: () => ({ logger: pino({ level: 'silent' }) }),
  });
  const ids = await placePlans(facade);
  await facade.app.listen(0, '127.0.0.1');
  const floor = await startFloor(facade.store.url);
  try {
    const authorization = await facade.user(sample.nurse, sample.ward);
    const paths = ids.map((id) => `/fhir/CarePlan/${id}`);
    const facadePort = (facade.app.getHttpServer().address() as AddressInfo).port;
    const bareLoad = { port: floor.port, requests: paths.map((path) => getRequest(path)) };
    const facadeLoad = {
      port: facadePort,
      requests: paths.map((path) => getRequest(path, { authorization })),
    };
    await load({ ...bareLoad, connections, milliseconds: 1_000 });
    await load({ ...facadeLoad, connections, milliseconds: 1_000 });
    const bare: number[] = [];
    const full: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [what, into] of [
        [bareLoad, bare],
        [facadeLoad, full],
      ] as const) {
        const { perSecond, failures } = await load({ ...what, connections, milliseconds });
        if (failures > 0) throw new Error(`${failures} reads failed`);
        into.push(perSecond);
      }
    }
    const { rows } = await facade.store.database.query<{ bytes: number }>(
      `select avg(length(content))::integer as bytes from resource where type = 'CarePlan'`,
    );
    return {
      bare: median(bare),
      facade: median(full),
      ratio: median(full) / median(bare),
      bytes: rows[0]?.bytes ?? 0,
    };
  } finally {
    await floor.stop();
    await facade.stop();
  }
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
  const pool = new pg.Pool({ connectionString: url, max: 20 });
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
