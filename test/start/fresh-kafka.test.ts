import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { pino } from 'pino';
import type { ProcessName } from '../../src/configuration/check-combination.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import { start, type Started } from '../../src/start/start.js';
import { kafkaTransport } from '../messaging/connect-transport.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { startStallingProxy, type StallingProxy } from '../support/stalling-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

const kafkaIsThere = (await kafkaBrokers()) !== undefined;
const partitions = 12;
/** How long facts may lie that a worker without a database holds. */
const takeoverMs = 15_000;

describe('workers on a Kafka that has nothing yet', () => {
  if (!kafkaIsThere) {
    it('has nothing to run on', () => expect(process.env['CI']).not.toBe('true'));
    return;
  }
  let store: TestDatabase;
  let broker: Broker;
  let proxy: StallingProxy;
  let folder: string;
  let transport: Transport;
  let admin: Admin;
  let first: Started | undefined;
  let second: Started | undefined;

  beforeAll(async () => {
    [store, broker] = await Promise.all([createTestDatabase(), startBroker()]);
    proxy = await startStallingProxy(Number(new URL(store.url).port));
    folder = await mkdtemp(path.join(tmpdir(), 'hemgang-fresh-'));
    transport = kafkaTransport([broker.brokers], { partitions });
    admin = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  }, 120_000);
  afterAll(async () => {
    proxy?.resume();
    await Promise.all([first?.stop(), second?.stop()]);
    await Promise.all([transport?.close(), admin?.disconnect(), proxy?.close()]);
    await Promise.all([broker?.stop(), store?.drop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (databaseUrl: string): Promise<Started> => {
    const configuration = await wholeHubConfiguration(databaseUrl, folder, [broker.brokers]);
    const processes = new Set<ProcessName>(['worker', 'stand-ins']);
    return start({ ...configuration, processes }, pino({ level: 'silent' }));
  };
  const members = async (): Promise<number> =>
    (await admin.describeGroups(['hub'])).groups[0]?.members.length ?? 0;
  const stored = async (): Promise<number> =>
    (await store.database.query<{ count: number }>('select count(*) as count from inbox')).rows[0]?.count ??
    0;
  let appended = 0;
  /** Messages over all partitions; that they are no facts makes them dead letters, which is taken too. */
  const append = async (count: number): Promise<void> => {
    appended += count;
    await transport.append(
      factTopics.stay,
      Array.from({ length: count }, () => ({ key: randomUUID(), value: `no fact ${randomUUID()}` })),
    );
  };
  const allStored = async (): Promise<boolean> => (await stored()) === appended;

  it('start, several at once, and share it', async () => {
    const throughProxy = new URL(store.url);
    throughProxy.port = String(proxy.port);
    [first, second] = await Promise.all([run(throughProxy.href), run(store.url)]);
    await waitFor('both in the group', async () => (await members()) === 2, 60_000);
    await append(48);
    await waitFor('all in the inbox', allStored, 60_000);
    expect(await stored()).toBe(48);
  }, 180_000);

  it('one that has lost its database gives its partitions to the other, and comes back with it', async () => {
    proxy.stall();
    await append(48);
    const began = Date.now();
    await waitFor('all in the inbox, by the other', allStored, 60_000);
    expect(Date.now() - began).toBeLessThan(takeoverMs);
    // A worker stands aside for what it holds. While the broker still counts a member that joined twice, the one without a database may
    // hold nothing; it gets its part when the session of the first joining has run out.
    await waitFor('the other alone in the group', async () => {
      await append(12);
      await waitFor('these too in the inbox, by the other', allStored, 60_000);
      return (await members()) === 1;
    });
    proxy.resume();
    await waitFor('both in the group again', async () => (await members()) === 2, 60_000);
    await append(48);
    await waitFor('all in the inbox', allStored, 60_000);
  }, 240_000);
});
