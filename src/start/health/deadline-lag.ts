import { Gauge } from 'prom-client';
import type { Backlog } from '../../log/backlog.js';
import { untoldDeadlines } from '../../log/streams-with-deadlines.js';
import type { Foundation } from '../foundation.js';
import { healthOf } from './lag.js';
import { errorKind } from '../logger.js';
import type { HealthReport } from './metrics.js';

/**
 * Gauges of the deadlines that have come and were not told, the same in every worker; absent while the database does not answer.
 * @returns health: `degraded` where one has waited too long, whichever worker should have told it
 */
export function deadlineLag(foundation: Foundation): HealthReport[string] {
  const { metrics, database, clock, configuration, logger } = foundation;
  const backlog = () => untoldDeadlines(database, clock.now().toISOString());
  let asking: Promise<Backlog | undefined> | undefined;
  // One question for both gauges.
  const ask = () =>
    (asking ??= backlog()
      .catch((error: unknown) => {
        logger.debug({ error: errorKind(error) }, 'how many deadlines wait could not be counted');
        return undefined;
      })
      .finally(() => (asking = undefined)));
  const gauge = (name: string, help: string, read: (found: Backlog) => number): Gauge =>
    new Gauge({
      name,
      help: `${help}; of the whole database, in each worker`,
      registers: [metrics],
      async collect() {
        const found = await ask();
        if (found === undefined) this.remove();
        else this.set(read(found));
      },
    });
  gauge(
    'hemgang_deadlines_waiting',
    'Cases, and to-dos of wards without one, with a deadline that has come and was not told yet',
    ({ count }) => count,
  );
  gauge(
    'hemgang_deadlines_oldest_waiting_seconds',
    'For how long the oldest deadline that has come has waited to be told',
    ({ oldestSeconds }) => oldestSeconds,
  );
  const waits = 'deadlines have come and were not told';
  return healthOf(backlog, configuration.health.logLagSeconds, waits, 'worker');
}
