import { Gauge } from 'prom-client';
import type { ConsumingFailure } from '../../messaging/transport/consuming.js';
import type { PartitionOffsets } from '../../messaging/transport/transport.js';
import type { Foundation } from '../foundation.js';
import type { HealthReport } from './metrics.js';
import { errorKind } from '../logger.js';
import { repeat } from '../repeat.js';
import type { StopList } from '../stop-list.js';

const mostMilliseconds = 15_000;

/**
 * Looks now and then at what a group has not yet taken from its topics, not when it is asked: a broker that is slow holds up no other
 * figure. A gauge says how much, absent while the transport does not answer.
 * @param failure that the member in this process cannot consume
 * @returns health: `degraded` where a partition has something and nothing was taken from it for too long, whichever worker should have; and
 *   where the member in this process has failed for as long, though nothing waits
 */
export function watchTransportLag(
  { transport, metrics, logger, configuration }: Foundation,
  {
    group,
    topics,
    failure,
  }: {
    readonly group: string;
    readonly topics: readonly string[];
    readonly failure: () => ConsumingFailure | undefined;
  },
  stops: StopList,
): HealthReport[string] {
  const limitSeconds = configuration.health.logLagSeconds;
  const lag = new Gauge({
    name: 'hemgang_transport_lag_messages',
    help: 'Messages of a topic that no worker has taken into the inbox yet; of all workers together, in each of them, as of the last 15 seconds',
    labelNames: ['topic'],
    registers: [metrics],
  });
  const standstill = new Standstill();
  const looking = repeat(
    {
      name: 'transport-lag',
      everyMilliseconds: Math.min(mostMilliseconds, (limitSeconds * 1000) / 2),
      run: async () => {
        try {
          const found = await transport.offsets(group, topics);
          standstill.look(found);
          lag.reset();
          for (const place of found) lag.inc({ topic: place.topic }, behind(place));
        } catch (error) {
          lag.reset();
          throw error;
        }
      },
    },
    logger,
  );
  stops.add(() => looking.stop());
  return () => Promise.resolve(consuming(failure(), limitSeconds) ?? standstill.health(limitSeconds));
}

/** What would be noticed only when something comes, and then too late. */
function consuming(
  failure: ConsumingFailure | undefined,
  limitSeconds: number,
): Awaited<ReturnType<HealthReport[string]>> | undefined {
  const seconds = failure === undefined ? 0 : Math.round((performance.now() - failure.since) / 1000);
  if (failure === undefined || seconds < limitSeconds) return undefined;
  const why = `this worker has not been able to take from the topics for ${seconds} s, whether or not anything waits there: ${errorKind(failure.error)}`;
  return { status: 'degraded', why };
}

function behind({ first, next, committed }: PartitionOffsets): number {
  return Math.max(0, next - Math.max(first, committed ?? first));
}

/** Since when nothing has been taken from partitions that have something. By a clock that nobody sets. */
class Standstill {
  readonly #standing = new Map<string, { readonly committed: number; readonly since: number }>();
  #waiting = 0;
  #lookedAt = performance.now();

  look(found: readonly PartitionOffsets[]): void {
    this.#lookedAt = performance.now();
    this.#waiting = 0;
    for (const place of found) {
      const name = `${place.topic}/${place.partition}`;
      const { committed = -1 } = place;
      const waiting = behind(place);
      this.#waiting += waiting;
      if (waiting === 0) this.#standing.delete(name);
      else if (this.#standing.get(name)?.committed !== committed)
        this.#standing.set(name, { committed, since: this.#lookedAt });
    }
  }

  health(limitSeconds: number): Awaited<ReturnType<HealthReport[string]>> {
    const now = performance.now();
    const secondsSince = (moment: number): number => Math.round((now - moment) / 1000);
    if (secondsSince(this.#lookedAt) >= limitSeconds + mostMilliseconds / 1000)
      return { status: 'degraded', why: 'the transport does not say how much waits on the topics' };
    const standing = [...this.#standing.values()].filter(({ since }) => secondsSince(since) >= limitSeconds);
    if (standing.length === 0) return { status: 'up' };
    const longest = Math.max(...standing.map(({ since }) => secondsSince(since)));
    return {
      status: 'degraded',
      why: `${this.#waiting} messages wait on their topics, and from ${standing.length} partitions nothing was taken for ${longest} s: no worker consumes, or what it takes fails, which its process tells in its log`,
    };
  }
}
