import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, type Registry } from 'prom-client';
import { answerHalfClosed } from '../../wire/half-closed.js';
import { staysWithoutWard } from '../../cases/stays-without-ward.js';
import type { Directory } from '../../directory/organisation.js';
import type { Removal } from '../../messaging/inbox/removed-facts.js';
import type { Inbox } from '../../messaging/inbox/inbox.js';
import type { Database } from '../../persistence/database.js';
import type { Foundation } from '../foundation.js';
import { listeningOn } from '../start-refused.js';
import type { StopList } from '../stop-list.js';
import { labelsWithoutNumbers } from './without-numbers.js';
import { withinASecond } from './within-a-second.js';

/** Counts that operators watch; dead letters have a count that nobody can overlook. */
export function countInbox(registry: Registry, inbox: Inbox): void {
  const facts = new Gauge({
    name: 'hemgang_inbox_facts',
    help: 'Facts in the inbox by state; of the whole database, in each worker',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const status = await inbox.status();
      facts.set({ state: 'waiting' }, status.waiting);
      facts.set({ state: 'retrying' }, status.retrying);
      facts.set({ state: 'dead' }, status.dead);
      age.set({ state: 'waiting' }, status.oldestWaitingSeconds);
      age.set({ state: 'dead' }, status.oldestDeadSeconds);
    },
  });
  const age = new Gauge({
    name: 'hemgang_inbox_oldest_seconds',
    help: 'How long the oldest fact of a state has waited; of the whole database, in each worker',
    labelNames: ['state'],
    registers: [registry],
  });
}

/** Facts that a topic lost before they were taken; anything is too much. */
export function countRemovals(registry: Registry): (removal: Removal) => void {
  const removed = new Counter({
    name: 'hemgang_facts_removed_total',
    help: 'Offsets that a topic lost before they were taken',
    labelNames: ['topic', 'partition'],
    registers: [registry],
  });
  return ({ topic, partition, from, to }) => removed.inc({ topic, partition: String(partition) }, to - from);
}

/** Stays that no ward sees, because the hub does not know the ward: its operators add it, or its mapping. */
export function countStaysWithoutWard(
  registry: Registry,
  database: Database,
  directory: Directory,
): { readonly untold: () => void } {
  const stays = new Gauge({
    name: 'hemgang_stays_without_ward',
    help: 'Stays under way at a ward that the hub does not know',
    registers: [registry],
    async collect() {
      stays.set(await staysWithoutWard(database, directory));
    },
  });
  const untold = new Counter({
    name: 'hemgang_facts_without_ward_total',
    help: 'Facts of stays at a ward that the hub does not know, of whom no ward could be told',
    registers: [registry],
  });
  return { untold: () => untold.inc() };
}

/** Facts whose expected discharge lay out of bounds: the source writes something else for "not known", or a fault. */
export function countWithoutExpectedDischarge(registry: Registry): () => void {
  const left = new Counter({
    name: 'hemgang_facts_without_expected_discharge_total',
    help: 'Facts of stays that were taken without their expected discharge, which lay out of bounds',
    registers: [registry],
  });
  return () => left.inc();
}

export type HealthReport = Readonly<
  Record<string, () => Promise<{ readonly status: string; readonly why?: string }>>
>;

const noAnswer = { status: 'down', why: 'no answer within a second' };

/** Serves `/metrics` and `/health` for operators, apart from the facade. */
export async function serveMetrics(
  { configuration, metrics, logger }: Foundation,
  health: HealthReport,
  stops: StopList,
): Promise<void> {
  const parts = Object.entries(health).map(([name, ask]) => [name, withinASecond(ask, noAnswer)] as const);
  const measured = withinASecond<string | undefined>(() => metrics.metrics(), undefined);
  const server = createServer((request, response) => {
    const answer = async (): Promise<[number, string, string]> => {
      if (request.url === '/metrics') {
        const text = await measured();
        return text === undefined
          ? [503, 'text/plain', 'the database did not answer\n']
          : [200, metrics.contentType, labelsWithoutNumbers(text)];
      }
      if (request.url !== '/health') return [404, 'text/plain', 'not found\n'];
      const report = Object.fromEntries(
        await Promise.all(parts.map(async ([name, ask]) => [name, await ask()] as const)),
      );
      const up = Object.values(report).every(({ status }) => status !== 'down');
      return [up ? 200 : 503, 'application/json', JSON.stringify(report)];
    };
    answer().then(
      ([status, type, body]) => response.writeHead(status, { 'Content-Type': type }).end(body),
      () => response.writeHead(503).end(),
    );
  });
  answerHalfClosed(server);
  const { host, port } = configuration.metrics;
  await listeningOn(
    { portVariable: 'METRICS_PORT', hostVariable: 'METRICS_HOST', host, port },
    () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      }),
  );
  stops.add(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  logger.info({ host, port: (server.address() as AddressInfo).port }, 'metrics and health');
}
