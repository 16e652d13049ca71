import { Gauge } from 'prom-client';
import type { Foundation } from './foundation.js';
import { repeat } from './repeat.js';
import type { StopList } from './stop-list.js';

const everyMilliseconds = 15_000;

/**
 * A gauge of what a group has not yet taken from its topics. Asked for now and then, not when it is read: a broker that is slow holds
 * up no other figure. Absent while the transport does not answer.
 */
export function gaugeTransportLag(
  { transport, metrics, logger }: Foundation,
  { group, topics }: { readonly group: string; readonly topics: readonly string[] },
  stops: StopList,
): void {
  const lag = new Gauge({
    name: 'hemgang_transport_lag_messages',
    help: 'Messages of a topic that no worker has taken into the inbox yet; of all workers together, in each of them, as of the last 15 seconds',
    labelNames: ['topic'],
    registers: [metrics],
  });
  const looking = repeat(
    {
      name: 'transport-lag',
      everyMilliseconds,
      run: async () => {
        try {
          const found = await transport.offsets(group, topics);
          lag.reset();
          for (const { topic, first, next, committed } of found)
            lag.inc({ topic }, Math.max(0, next - Math.max(first, committed ?? first)));
        } catch (error) {
          lag.reset();
          throw error;
        }
      },
    },
    logger,
  );
  stops.add(() => looking.stop());
}
