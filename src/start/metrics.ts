import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, type Registry } from 'prom-client';
import type { Inbox } from '../messaging/inbox/inbox.js';
import type { Foundation } from './foundation.js';
import type { StopList } from './stop-list.js';

/** Counts that operators watch; dead letters have a count that nobody can overlook. */
export function countInbox(registry: Registry, inbox: Inbox): void {
  const facts = new Gauge({
    name: 'hemgang_inbox_facts',
    help: 'Facts in the inbox by state',
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
    help: 'How long the oldest fact of a state has waited',
    labelNames: ['state'],
    registers: [registry],
  });
}

export type HealthReport = Readonly<Record<string, () => Promise<{ readonly status: string }>>>;

/** Serves `/metrics` and `/health` for operators, apart from the facade. */
export async function serveMetrics(
  { configuration, metrics, logger }: Foundation,
  health: HealthReport,
  stops: StopList,
): Promise<void> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<[number, string, string]> => {
      if (request.url === '/metrics') return [200, metrics.contentType, await metrics.metrics()];
      if (request.url !== '/health') return [404, 'text/plain', 'not found\n'];
      const report = Object.fromEntries(
        await Promise.all(Object.entries(health).map(async ([name, ask]) => [name, await ask()] as const)),
      );
      const up = Object.values(report).every(({ status }) => status !== 'down');
      return [up ? 200 : 503, 'application/json', JSON.stringify(report)];
    };
    answer().then(
      ([status, type, body]) => response.writeHead(status, { 'Content-Type': type }).end(body),
      () => response.writeHead(503).end(),
    );
  });
  const { host, port } = configuration.metrics;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  stops.add(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  logger.info({ host, port: (server.address() as AddressInfo).port }, 'metrics and health');
}
