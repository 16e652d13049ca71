import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import kafkajs, { Kafka, logLevel, type Admin } from 'kafkajs';
import { caseTopic, factTopics } from '../../src/messaging/contracts/facts.js';
import { accessRules, asKafkaAcls, type AccessRule } from '../../src/messaging/contracts/topic-access.js';
import { transportTopics } from '../../src/messaging/contracts/sealed-topics.js';
import { KafkaTransport } from '../../src/messaging/transport/kafka/kafka.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { waitFor } from '../support/wait-for.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
const available = (await kafkaBrokers()) !== undefined;
const users = { admin: randomUUID(), hub: randomUUID(), municipality: randomUUID() };

/** The rules as a cluster's administrator makes them. */
async function create(admin: Admin, rules: readonly AccessRule[]): Promise<void> {
  const operations = {
    Read: AclOperationTypes.READ,
    Write: AclOperationTypes.WRITE,
    Create: AclOperationTypes.CREATE,
    Describe: AclOperationTypes.DESCRIBE,
    DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  };
  await admin.createAcls({
    acl: rules.flatMap(({ principal, resource, name, pattern, operations: allowed }) =>
      allowed.map((operation) => ({
        principal,
        host: '*',
        operation: operations[operation],
        permissionType: AclPermissionTypes.ALLOW,
        resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
        resourceName: name,
        resourcePatternType:
          pattern === 'literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
      })),
    ),
  });
}

it('docs/topics.md gives the rules as they are', async () => {
  const rules = accessRules('User:hemgang', [{ principal: 'User:municipality', groups: 'municipality-' }]);
  const shown = [...(await readFile('docs/topics.md', 'utf8')).matchAll(/^kafka-acls\.sh \$CLUSTER (.*)$/gm)];
  expect(shown.map(([, line]) => line)).toEqual(rules.map(asKafkaAcls));
});

describe('H7: a cluster with the access rules of the hub', () => {
  if (!available) {
    it('has nothing to run on', () => expect(process.env['CI']).not.toBe('true'));
    return;
  }
  let broker: Broker;
  let hub: KafkaTransport;
  const login = (user: keyof typeof users) =>
    ({ mechanism: 'plain', username: user, password: users[user] }) as const;
  const client = (user: keyof typeof users): Kafka =>
    new Kafka({
      brokers: [broker.brokers],
      sasl: login(user),
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
    });

  beforeAll(async () => {
    broker = await startBroker({ users });
    const admin = client('admin').admin();
    await admin.connect();
    await create(
      admin,
      accessRules('User:hub', [{ principal: 'User:municipality', groups: 'municipality-' }]),
    );
    await admin.disconnect();
    hub = new KafkaTransport({
      brokers: [broker.brokers],
      clientId: 'hub',
      partitions: 2,
      replication: 1,
      minimumInSync: 1,
      development: true,
      security: { sasl: login('hub') },
    });
  }, 120_000);
  afterAll(async () => {
    await hub?.close();
    await broker?.stop();
  });

  it('the hub makes its topics, writes and reads them all', async () => {
    await hub.ensureTopics(transportTopics);
    for (const topic of transportTopics) await hub.append(topic, [{ key: 'k', value: topic }]);
    const heard = new Set<string>();
    const subscription = await hub.subscribe({
      group: 'hub',
      topics: transportTopics,
      handle: (batch) => {
        for (const { value } of batch) heard.add(value);
        return Promise.resolve();
      },
    });
    await waitFor('every topic', () => heard.size === transportTopics.length || undefined);
    await subscription.stop();
    expect([...heard].toSorted()).toEqual([...transportTopics].toSorted());
  });

  const read = async (topic: string, groupId: string): Promise<string> => {
    const consumer = client('municipality').consumer({ groupId, retry: { retries: 0 } });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      return await new Promise<string>((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        void consumer.run({
          eachMessage: ({ message }) => Promise.resolve(resolve(String(message.value))),
        });
      });
    } catch (error) {
      return (error as { type?: string }).type ?? String(error);
    } finally {
      await consumer.disconnect();
    }
  };

  it('a follower reads the events of cases', async () => {
    expect(await read(caseTopic, 'municipality-system')).toBe(caseTopic);
  });

  it.each(transportTopics.filter((topic) => topic !== caseTopic))(
    'a follower cannot read %s',
    async (topic) => {
      expect(await read(topic, 'municipality-system')).toBe('TOPIC_AUTHORIZATION_FAILED');
    },
  );

  it('a member that joins, and is refused what it was given, fails all along until it may read again', async () => {
    const topic = `test.${randomUUID()}.v1`;
    const admin = client('admin').admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
    const see = {
      principal: 'User:municipality',
      resource: 'topic',
      name: topic,
      pattern: 'literal',
    } as const;
    await create(admin, [{ ...see, operations: ['Describe'] }]);
    const errors: unknown[] = [];
    const member = new KafkaTransport({
      brokers: [broker.brokers],
      clientId: 'municipality',
      partitions: 1,
      replication: 1,
      minimumInSync: 1,
      development: true,
      security: { sasl: login('municipality') },
      onEvent: (event) => void (event.kind === 'consumer-failed' && errors.push(event.error)),
    });
    try {
      const subscription = await member.subscribe({
        group: 'municipality-refused',
        topics: [topic],
        handle: () => Promise.resolve(),
      });
      const since = (await waitFor('the first failure', () => subscription.failure())).since;
      const seen = errors.length;
      await waitFor('two more tries', () => {
        expect(subscription.failure()?.since).toBe(since);
        return errors.length >= seen + 2;
      });
      expect(String(errors.at(-1))).toMatch(/authoriz/i);
      await create(admin, [{ ...see, operations: ['Read'] }]);
      await waitFor('an answer', () => subscription.failure() === undefined);
    } finally {
      await Promise.all([member.close(), admin.disconnect()]);
    }
  }, 60_000);

  it('a follower reads in no group of others, and writes nothing', async () => {
    // kafkajs tells of a group that may not be looked for as one whose coordinator was not found.
    expect(await read(caseTopic, 'hub')).toMatch(/GroupCoordinatorNotFound|GROUP_AUTHORIZATION_FAILED/);
    for (const topic of [caseTopic, factTopics.stay]) {
      const producer = client('municipality').producer({ retry: { retries: 0 } });
      await producer.connect();
      await expect(producer.send({ topic, messages: [{ key: 'k', value: 'forged' }] })).rejects.toThrow(
        /authoriz/i,
      );
      await producer.disconnect();
    }
  });
});
