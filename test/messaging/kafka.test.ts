import { randomUUID } from 'node:crypto';
import { Kafka, KafkaJSProtocolError, logLevel } from 'kafkajs';
import { prepare } from '../../src/messaging/inbox/prepare.js';
import { KafkaTransport } from '../../src/messaging/transport/kafka/kafka.js';
import { readKafkaOffsets } from '../../src/messaging/transport/kafka/kafka-places.js';
import { TopicRefused } from '../../src/messaging/transport/transport-options.js';
import type { IncomingMessage } from '../../src/messaging/transport/transport.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { kafkaTransport, testOptions } from './connect-transport.js';
import { transportContract } from './transport-contract.js';
import { until } from './until.js';

const brokers = await kafkaBrokers();

const settings = { brokers: ['127.0.0.1:1'], clientId: 'hemgang-test', ...testOptions };

describe('the transport on Apache Kafka, before it starts', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 1],
  ])(
    'design 5: refuses replication %d with %d in sync, unless development is set',
    (replication, minimumInSync) => {
      const make = (development: boolean) => () =>
        new KafkaTransport({ ...settings, replication, minimumInSync, development });
      expect(make(false)).toThrow(TopicRefused);
      expect(make(true)).not.toThrow();
    },
  );
});

describe('the transport on Apache Kafka', () => {
  if (brokers === undefined) {
    it('has nothing to run on', () => expect(process.env['CI']).not.toBe('true'));
    return;
  }
  transportContract({
    make: (options) => kafkaTransport(brokers, options),
    makeUnreachable: () => kafkaTransport(['127.0.0.1:1']),
    address: () => ({ kind: 'kafka', url: brokers.join(',') }),
  });

  it('design 5: refuses a topic that stands with one copy, unless development is set', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const relaxed = kafkaTransport(brokers);
    const strict = new KafkaTransport({
      ...settings,
      brokers,
      replication: 3,
      minimumInSync: 2,
      development: false,
    });
    try {
      await relaxed.ensureTopics([topic]);
      await expect(strict.ensureTopics([topic])).rejects.toThrow(/replication 1 and min.insync.replicas 1/);
    } finally {
      await Promise.all([relaxed.close(), strict.close()]);
    }
  });

  it('bytes that are no UTF-8 arrive as what is no fact, never with another letter in their place', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const transport = kafkaTransport(brokers);
    const client = new Kafka({ brokers: [...brokers], clientId: 'hemgang-test', logLevel: logLevel.NOTHING });
    const producer = client.producer();
    const received: IncomingMessage[] = [];
    const bytes = Buffer.from('{"name":"\u00c5sa"}', 'latin1');
    try {
      await transport.ensureTopics([topic]);
      await producer.connect();
      await producer.send({ topic, messages: [{ key: 'k', value: bytes }] });
      await transport.subscribe({
        group: topic,
        topics: [topic],
        handle: (batch) => Promise.resolve(void received.push(...batch)),
      });
      await until(() => received.length > 0, 'a message');
      const [message] = received as [IncomingMessage];
      expect(message.value).not.toContain('\ufffd');
      expect(message.value).toContain(bytes.toString('base64'));
      expect(prepare(message)).toMatchObject({ state: 'dead', cause: 'not JSON' });
    } finally {
      await Promise.all([transport.close(), producer.disconnect()]);
    }
  });

  it.each(['GROUP_LOAD_IN_PROGRESS', 'GROUP_COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR_FOR_GROUP'])(
    'a broker that was just started and says %s is asked again how far a group has come',
    async (type) => {
      const topic = `test.${randomUUID()}.v1`;
      const transport = kafkaTransport(brokers);
      const client = new Kafka({
        brokers: [...brokers],
        clientId: 'hemgang-test',
        logLevel: logLevel.NOTHING,
      });
      const admin = client.admin();
      let refusals = 3;
      const starting: typeof admin = {
        ...admin,
        fetchOffsets: (asked) => {
          if (refusals === 0) return admin.fetchOffsets(asked);
          refusals -= 1;
          return Promise.reject(Object.assign(new KafkaJSProtocolError(type), { type }));
        },
      };
      try {
        await transport.ensureTopics([topic]);
        await admin.connect();
        const places = await readKafkaOffsets(
          starting,
          { ...settings, brokers, replication: 1, minimumInSync: 1, development: true },
          topic,
          [topic],
        );
        expect(places.map(({ next, committed }) => [next, committed])).toEqual(
          places.map(() => [0, undefined]),
        );
        expect([refusals, places.length > 0]).toEqual([0, true]);
      } finally {
        await Promise.all([transport.close(), admin.disconnect()]);
      }
    },
  );

  it('installations with different prefixes share a cluster without hearing each other', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const one = kafkaTransport(brokers, { prefix: 'one.' });
    const two = kafkaTransport(brokers, { prefix: 'two.' });
    const received: IncomingMessage[] = [];
    try {
      await one.ensureTopics([topic]);
      await two.ensureTopics([topic]);
      await one.append(topic, [{ key: 'k', value: 'one' }]);
      await two.append(topic, [{ key: 'k', value: 'two' }]);
      await two.subscribe({
        group: topic,
        topics: [topic],
        handle: (batch) => Promise.resolve(void received.push(...batch)),
      });
      await until(() => received.length > 0, 'a message');
      expect(received.map((message) => [message.topic, message.value])).toEqual([[topic, 'two']]);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });
});
