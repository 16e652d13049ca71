import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { KafkaTransport } from '../../src/messaging/transport/kafka/kafka.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import type { TransportOptions } from '../../src/messaging/transport/transport-options.js';
import { Database } from '../../src/persistence/database.js';

/** Short sessions, so that tests see a take-over soon. */
export const testOptions = { partitions: 4, sessionMs: 3000, appendLimitMs: 5000 } as const;

type TestTransportOptions = Partial<TransportOptions> & { readonly prefix?: string };

/** A transport on a named engine, as a process of its own makes it. */
export function connectTransport(kind: string, url: string, options: TestTransportOptions = {}): Transport {
  return kind === 'kafka'
    ? kafkaTransport(url.split(','), options)
    : new EmbeddedTransport(new Database({ url }), { ...testOptions, ...options });
}

export function kafkaTransport(
  brokers: readonly string[],
  options: TestTransportOptions = {},
): KafkaTransport {
  return new KafkaTransport({
    brokers,
    clientId: 'hemgang-test',
    replication: 1,
    minimumInSync: 1,
    development: true,
    ...testOptions,
    ...options,
  });
}
