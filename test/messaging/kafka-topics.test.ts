import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, KafkaJSProtocolError, logLevel, type Admin } from 'kafkajs';
import type { KafkaOptions } from '../../src/messaging/transport/kafka/kafka-client.js';
import { ensureKafkaTopics } from '../../src/messaging/transport/kafka/kafka-topics.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { testOptions } from './connect-transport.js';

const brokers = await kafkaBrokers();

/** How long a broker under load may not know a topic that it has just created. */
const unknownMs = 8_000;

/** A real broker, as it answers while it has not heard of new topics yet. */
describe('topics that were created a moment ago', () => {
  if (brokers === undefined) {
    it('has nothing to run on', () => expect(process.env['CI']).not.toBe('true'));
    return;
  }
  const options: KafkaOptions = {
    brokers,
    clientId: 'hemgang-test',
    replication: 1,
    minimumInSync: 1,
    development: true,
    ...testOptions,
  };
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  beforeAll(() => admin.connect());
  afterAll(() => admin.disconnect());

  const unknownAtFirst = (question: keyof Admin, type: string, code: number): Admin => {
    const until = Date.now() + unknownMs;
    return new Proxy(admin, {
      get(target, name, receiver) {
        if (name !== question || Date.now() > until) return Reflect.get(target, name, receiver) as unknown;
        return () => Promise.reject(new KafkaJSProtocolError(Object.assign(new Error(type), { type, code })));
      },
    });
  };

  it.each([
    ['fetchTopicMetadata', 'UNKNOWN_TOPIC_OR_PARTITION', 3],
    ['describeConfigs', 'UNKNOWN_TOPIC_OR_PARTITION', 3],
    ['describeConfigs', 'LEADER_NOT_AVAILABLE', 5],
    ['createTopics', 'NOT_CONTROLLER', 41],
  ] as const)('are waited for: %s answers %s at first', async (question, type, code) => {
    const topic = `test.${randomUUID()}.v1`;
    await ensureKafkaTopics(unknownAtFirst(question, type, code), options, [topic]);
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(topics[0]?.partitions).toHaveLength(options.partitions);
  });

  it('what does not pass is told at once', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const began = Date.now();
    await expect(
      ensureKafkaTopics(unknownAtFirst('createTopics', 'TOPIC_AUTHORIZATION_FAILED', 29), options, [topic]),
    ).rejects.toMatchObject({ type: 'TOPIC_AUTHORIZATION_FAILED' });
    expect(Date.now() - began).toBeLessThan(unknownMs);
  });
});
