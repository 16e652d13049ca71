import type { Admin } from 'kafkajs';
import type { KafkaOptions } from './kafka-client.js';
import type { PartitionOffsets } from './transport.js';

/** What is there of each partition, and how far the group has come. */
export async function readKafkaOffsets(
  admin: Admin,
  { prefix = '' }: KafkaOptions,
  group: string,
  topics: readonly string[],
): Promise<readonly PartitionOffsets[]> {
  const names = topics.map((topic) => `${prefix}${topic}`);
  const committed = await admin.fetchOffsets({ groupId: `${prefix}${group}`, topics: names });
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
