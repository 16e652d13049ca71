import { Gauge } from 'prom-client';
import { notReadBy, withoutOrder, type Backlog } from '../../log/backlog.js';
import { readerName } from '../../messaging/relay/relay.js';
import type { Foundation } from '../foundation.js';
import { errorKind } from '../logger.js';
import type { HealthReport } from './metrics.js';
import { withinASecond } from './within-a-second.js';

/** Less than what bounds health as a whole: a part whose lag is not known is not thereby down. Milliseconds. */
const limitMs = 700;

type PartHealth = Awaited<ReturnType<HealthReport[string]>> & {
  readonly detail?: Readonly<Record<string, number>>;
};

type Place = {
  /** The part that works here, as `PROCESSES` names it. */
  readonly part: 'sequencer' | 'relay';
  readonly backlog: () => Promise<Backlog>;
  readonly waits: string;
};

function placesOf({ database }: Foundation): readonly Place[] {
  return [
    {
      part: 'sequencer',
      backlog: () => withoutOrder(database),
      waits: 'have no place in the order of the log',
    },
    {
      part: 'relay',
      backlog: () => notReadBy(database, readerName),
      waits: 'have not been told to followers',
    },
  ];
}

/** Gauges of what waits in the log, the same in every process; absent while the database does not answer. */
export function gaugeLogLag(foundation: Foundation): void {
  const labels = { labelNames: ['part' as const], registers: [foundation.metrics] };
  const age = new Gauge({
    name: 'hemgang_log_oldest_waiting_seconds',
    help: 'For how long the oldest event of the log has waited for its order (sequencer), or to be told to followers (relay); of the whole database, in each process',
    ...labels,
  });
  const places = placesOf(foundation);
  const count = new Gauge({
    name: 'hemgang_log_waiting',
    help: 'Events of the log that wait for their order (sequencer), or to be told to followers (relay); of the whole database, in each process',
    ...labels,
    async collect() {
      count.reset();
      age.reset();
      await Promise.all(
        places.map(async ({ part, backlog }) => {
          const found = await backlog().catch((error: unknown) => {
            foundation.logger.debug({ part, error: errorKind(error) }, 'what waits could not be counted');
            return undefined;
          });
          if (found === undefined) return;
          count.set({ part }, found.count);
          age.set({ part }, found.oldestSeconds);
        }),
      );
    },
  });
}

/** Health of the parts that this process runs: `degraded` where what they should have done has waited too long, whoever of several does it. */
export function logLagHealth(foundation: Foundation): HealthReport {
  const { processes, health } = foundation.configuration;
  return Object.fromEntries(
    placesOf(foundation)
      .filter(({ part }) => processes.has(part))
      .map(({ part, backlog, waits }) => [
        part,
        healthOf(backlog, health.logLagSeconds, `events ${waits}`, part),
      ]),
  );
}

/** `degraded` where the oldest of what waits has waited so many seconds, or it is not known in time. */
export function healthOf(
  backlog: () => Promise<Backlog>,
  limitSeconds: number,
  waits: string,
  part: string,
): () => Promise<PartHealth> {
  return withinASecond<PartHealth>(
    async () => {
      const { count, oldestSeconds } = await backlog();
      const detail = { waiting: count, oldestSeconds: Math.round(oldestSeconds) };
      if (oldestSeconds < limitSeconds) return { status: 'up', detail };
      const why = `${count} ${waits}, the oldest for ${Math.round(oldestSeconds)} s: the ${part} that works is frozen, slow or fails, which its process tells in its log`;
      return { status: 'degraded', why, detail };
    },
    { status: 'degraded', why: 'the database did not say in time how much waits' },
    limitMs,
  );
}
