import kafkajs, { type Admin, type ITopicMetadata } from 'kafkajs';
import { maximumMessageBytes, retentionOf } from '../../contracts/topics.js';
import { mostSendBytes } from '../append-queue.js';
import type { KafkaOptions } from './kafka-client.js';
import { TransportUnavailable } from '../transport.js';
import { TopicRefused } from '../transport-options.js';
import { onceSettled } from './not-yet.js';

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

/**
 * Creates what is missing, then checks every topic as it stands, waiting for brokers that have not heard of them yet.
 * @throws TopicRefused naming the topic and what differs
 */
export async function ensureKafkaTopics(
  admin: Admin,
  options: KafkaOptions,
  topics: readonly string[],
): Promise<void> {
  await onceSettled(() => ensureOnce(admin, options, topics));
}

async function ensureOnce(admin: Admin, options: KafkaOptions, topics: readonly string[]): Promise<void> {
  const prefix = options.prefix ?? '';
  const names = topics.map((topic) => `${prefix}${topic}`);
  const existing = new Set(await admin.listTopics());
  // One by one: a topic that another process creates at the same moment must not stop the others.
  for (const topic of topics) if (!existing.has(`${prefix}${topic}`)) await create(admin, options, topic);
  const found = await describe(admin, names);
  const inSync = await readInSync(admin, names);
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
    // Its own wait fails on a broker of KRaft that has not heard of the topic yet.
    waitForLeaders: false,
    topics: [
      {
        topic: `${options.prefix ?? ''}${topic}`,
        numPartitions: options.partitions,
        replicationFactor: options.replication,
        configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
      },
    ],
  });
}

/** A topic without a leader is known, and cannot be written yet. */
async function describe(admin: Admin, topics: readonly string[]): Promise<readonly ITopicMetadata[]> {
  const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
  if (found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return found;
  throw new TransportUnavailable('Kafka: a topic has no leader');
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
