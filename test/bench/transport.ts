import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { KafkaTransport } from '../../src/messaging/transport/kafka/kafka.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import { startKafka } from '../support/kafka/kafka-service.js';
import { stayMessage } from '../messaging/facts.js';
import { latency, type BenchContext, type Figure, type Measure, type Pace } from './harness/measure.js';
import { median, percentile } from './harness/statistics.js';

const perSecond = 200;
const partitions = 12;

/** How long a message takes through the transport alone: the part of fact to visible that is not the hub's. */
export const transport: Measure = {
  name: 'transport',
  title: 'Through the transport alone',
  setting: () =>
    `From append to handler, ${perSecond} stay facts a second, ${partitions} partitions, one process; each message durable before its append resolves. Kafka: one broker, acks=all.`,
  run,
};

async function run({ server, pace, tell }: BenchContext): Promise<readonly Figure[]> {
  const store = await server.createDatabase();
  const embedded = new EmbeddedTransport(store.database, { partitions, sweepMs: 0 });
  const figures: Figure[] = [await measured('embedded', embedded, pace)];
  await embedded.close();
  await store.drop();
  const kafka = await startKafka().catch((error: unknown) => tell(`  Kafka: not measured, ${String(error)}`));
  if (!kafka) return figures;
  const onKafka = new KafkaTransport({
    brokers: kafka.answer.brokers.split(','),
    clientId: 'bench',
    prefix: `bench-${randomUUID()}-`,
    partitions,
    replication: 1,
    minimumInSync: 1,
    development: true,
  });
  try {
    return [...figures, await measured('Kafka', onKafka, pace)];
  } finally {
    await onKafka.close();
    await kafka.stop();
  }
}

async function measured(of: string, on: Transport, { rounds, milliseconds }: Pace): Promise<Figure> {
  const topic = factTopics.stay;
  await on.ensureTopics([topic]);
  const sent = new Map<string, number>();
  const took: number[] = [];
  const subscription = await on.subscribe({
    group: randomUUID(),
    topics: [topic],
    handle: (batch) => {
      for (const { key } of batch) took.push(performance.now() - (sent.get(key) ?? Number.NaN));
      return Promise.resolve();
    },
  });
  const send = async (): Promise<void> => {
    const key = randomUUID();
    sent.set(key, performance.now());
    await on.append(topic, [{ ...stayMessage('p', 1), key }]);
  };
  const each: { p50: number; p99: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    took.length = 0;
    const total = Math.round((perSecond * milliseconds) / 1000);
    const started = performance.now();
    const sending: Promise<void>[] = [];
    while (sending.length < total) {
      const due = Math.min(total, ((performance.now() - started) * perSecond) / 1000);
      while (sending.length < due) sending.push(send());
      await wait(2);
    }
    await Promise.all(sending);
    while (took.length < total) await wait(5);
    if (round >= 0) each.push({ p50: percentile(took, 0.5), p99: percentile(took, 0.99) });
  }
  await subscription.stop();
  return { of, subject: latency(median(each.map(({ p50 }) => p50)), median(each.map(({ p99 }) => p99))) };
}
