import kafkajs, { type Admin } from 'kafkajs';
import { maximumMessageBytes, retentionOf } from '../contracts/topics.js';
import { mostSendBytes } from './append-queue.js';
import type { KafkaOptions } from './kafka-client.js';
import { TopicRefused } from './transport-options.js';

const minimumReplication = 3;
const minimumInSync = 2;

/**
 * Refuses settings under which an acknowledged message could be lost with one disk, unless development is set.
 * @throws TopicRefused
 */
export function checkDurability(settings: {
  readonly replication: number;
  readonly minimumInSync: number;
  readonly development: boolean;
}): void {
  if (settings.development) return;
  if (settings.replication < minimumReplication || settings.minimumInSync < minimumInSync) {
    throw new TopicRefused(
      `Kafka with replication ${settings.replication} and min.insync.replicas ${settings.minimumInSync} can lose what was acknowledged: at least ${minimumReplication} and ${minimumInSync} are needed, unless development is set.`,
    );
  }
}

/** Creates what is missing, then checks every topic as it stands. @throws TopicRefused naming the topic and what differs */
export async function ensureKafkaTopics(
  admin: Admin,
  options: KafkaOptions,
  topics: readonly string[],
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  // One by one: a topic that another process creates at the same moment must not stop the others.
  for (const topic of topics.filter((name) => !existing.has(name))) await create(admin, options, topic);
  const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
  const inSync = await readInSync(admin, topics);
  for (const { name, partitions } of found) {
    if (partitions.length !== options.partitions) {
      throw new TopicRefused(
        `topic ${name} has ${partitions.length} partitions, not ${options.partitions}: another count would break the order of facts`,
      );
    }
    checkDurability({
      replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
      minimumInSync: inSync.get(name) ?? 1,
      development: options.development,
    });
  }
}

async function create(admin: Admin, options: KafkaOptions, topic: string): Promise<void> {
  const settings = {
    'cleanup.policy': 'delete',
    'retention.ms': String((options.retention ?? retentionOf)(topic)),
    'min.insync.replicas': String(options.minimumInSync),
    'max.message.bytes': String(maximumMessageBytes + mostSendBytes),
  };
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic,
        numPartitions: options.partitions,
        replicationFactor: options.replication,
        configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
      },
    ],
  });
}

async function readInSync(admin: Admin, topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: ['min.insync.replicas'],
    })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      Number(configEntries.find(({ configName }) => configName === 'min.insync.replicas')?.configValue ?? 1),
    ]),
  );
}
