import { randomUUID } from 'node:crypto';
import type { Admin, Kafka } from 'kafkajs';
import { kafkaFailure, kafkaRetry, type KafkaOptions } from './kafka-client.js';
import { onceSettled } from './not-yet.js';
import { toIncoming } from './kafka-subscription.js';
import type { IncomingMessage, PartitionOffsets, Place } from '../transport.js';
import { noAnswer, TopicRefused } from '../transport-options.js';
import { withinLimit } from '../within-limit.js';

const readLimitMs = 60_000;
const leaveLimitMs = 10_000;

/** What is there of each partition, and how far the group has come. */
export async function readKafkaOffsets(
  admin: Admin,
  { prefix = '' }: KafkaOptions,
  group: string,
  topics: readonly string[],
): Promise<readonly PartitionOffsets[]> {
  const names = topics.map((topic) => `${prefix}${topic}`);
  // kafkajs asks this one only once, and a hub and its Kafka may start together.
  const committed = await onceSettled(() =>
    admin.fetchOffsets({ groupId: `${prefix}${group}`, topics: names }),
  );
  const places: PartitionOffsets[] = [];
  for (const [index, topic] of topics.entries()) {
    const own = committed.find((each) => each.topic === names[index])?.partitions ?? [];
    for (const { partition, low, high } of await admin.fetchTopicOffsets(names[index]!)) {
      const offset = Number(own.find((each) => each.partition === partition)?.offset ?? -1);
      places.push({
        topic,
        partition,
        first: Number(low),
        next: Number(high),
        committed: offset < 0 ? undefined : offset,
      });
    }
  }
  return places;
}

/** The messages at these places, by a consumer of its own that commits nothing. What is not there any more is left out. */
export async function readKafkaAt(
  kafka: Kafka,
  { prefix = '' }: KafkaOptions,
  places: readonly (Place & { readonly offset: number })[],
): Promise<readonly IncomingMessage[]> {
  if (places.length === 0) return [];
  const consumer = kafka.consumer({
    groupId: `${prefix}hub-look-${randomUUID()}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 300,
    retry: { ...kafkaRetry, restartOnFailure: () => Promise.resolve(false) },
  });
  const wanted = new Map(places.map((place) => [nameOf(place), place.offset]));
  const found = new Map<string, IncomingMessage>();
  const looked = new Set<string>();
  const { promise: all, resolve, reject } = Promise.withResolvers<void>();
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  const reading = (async () => {
    await consumer.connect();
    await consumer.subscribe({
      topics: [...new Set(places.map(({ topic }) => `${prefix}${topic}`))],
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachBatch: (payload) => {
        const { batch } = payload;
        const topic = batch.topic.slice(prefix.length);
        const name = nameOf({ topic, partition: batch.partition });
        const offset = wanted.get(name);
        const message = batch.messages.find((each) => Number(each.offset) === offset);
        if (message !== undefined) found.set(name, toIncoming(topic, batch.partition, message));
        const past = offset === undefined || Number(batch.lastOffset()) >= offset;
        if (past) {
          payload.pause();
          looked.add(name);
        }
        if ([...wanted.keys()].every((each) => looked.has(each))) resolve();
        return Promise.resolve();
      },
    });
    for (const { topic, partition, offset } of places)
      consumer.seek({ topic: `${prefix}${topic}`, partition, offset: String(offset) });
    await all;
  })();
  reading.catch(() => undefined); // Waited for below, unless it takes too long.
  try {
    await withinLimit(reading, readLimitMs, noAnswer('reading', readLimitMs));
  } catch (error) {
    throw kafkaFailure(error);
  } finally {
    await withinLimit(consumer.disconnect(), leaveLimitMs, noAnswer('leaving', leaveLimitMs)).catch(
      () => undefined, // The group was its alone.
    );
  }
  return [...found.values()];
}

/** Lets a group go on from other places. kafkajs refuses while a member runs, and so does this. */
export async function setKafkaOffsets(
  admin: Admin,
  { prefix = '' }: KafkaOptions,
  group: string,
  places: readonly (Place & { readonly next: number })[],
): Promise<void> {
  const groupId = `${prefix}${group}`;
  const { groups } = await admin.describeGroups([groupId]);
  const running = groups.find(({ state }) => state !== 'Empty' && state !== 'Dead');
  if (running)
    throw new TopicRefused(`group ${groupId} is running (${running.state}): stop its processes first`);
  for (const [topic, partitions] of Map.groupBy(places, (place) => place.topic))
    await admin.setOffsets({
      groupId,
      topic: `${prefix}${topic}`,
      partitions: partitions.map(({ partition, next }) => ({ partition, offset: String(next) })),
    });
}

function nameOf({ topic, partition }: Place): string {
  return `${topic}/${partition}`;
}
