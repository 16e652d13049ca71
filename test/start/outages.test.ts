import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { adtMessage } from '../../src/demo/adt.js';
import { cast, patients } from '../../src/demo/cast.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createDurableTestDatabase, type DurableTestDatabase } from '../support/database.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

const logger = pino({ level: 'silent' });
const [patient] = patients;

describe('what the hub leans on goes and comes back', () => {
  let store: DurableTestDatabase;
  let broker: Broker;
  let started: Started;
  let configuration: Configuration;
  let authorization: string;
  let dataDirectory: string;

  beforeAll(async () => {
    [store, broker] = await Promise.all([createDurableTestDatabase(), startBroker()]);
    dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-outages-'));
    configuration = await wholeHubConfiguration(store.url, dataDirectory, [broker.brokers]);
    started = await start(configuration, logger);
    const issuer = await openDemoIssuer(configuration);
    authorization = `Bearer ${await issuer.userToken(cast.nurse)}`;
  });
  afterAll(async () => {
    await started?.stop();
    await broker?.stop();
    await store?.drop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  const search = (type: string) =>
    fetch(`${configuration.http.baseUrl}/${type}`, { headers: { authorization } });

  /** Sends an admission. @returns the code of the answer */
  async function admit(visit: string): Promise<string> {
    const at = new Date(Date.now() - 60_000);
    const message = adtMessage({
      event: 'A01',
      controlId: visit,
      at,
      admittedAt: at,
      patient,
      ward: 'MED',
      visit,
    });
    const answer = await sendMllp(configuration.melior.host, configuration.melior.port, message);
    return /MSA\|(\w+)/.exec(answer)?.[1] ?? answer;
  }

  const stays = async (): Promise<number> => {
    const answer = await search('Encounter');
    if (!answer.ok) throw new Error(`${answer.status}`);
    return ((await answer.json()) as { entry?: unknown[] }).entry?.length ?? 0;
  };

  it('promise 1: with Kafka gone a message is still taken, and arrives when Kafka is back', async () => {
    await broker.kill();
    expect(await admit('V-KAFKA')).toBe('AA');
    expect(await stays()).toBe(0);
    await broker.restart();
    await waitFor('the stay', async () => (await stays()) === 1, 60_000);
  });

  it('promises 1 and 8: with PostgreSQL gone every door says not now, and nothing is half done', async () => {
    await store.kill();
    const answer = await search('Encounter');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(['AR', 'AE']).toContain(await admit('V-POSTGRES'));
    await store.restart();
    await waitFor('an answer', async () => (await search('Encounter')).ok, 60_000);
    expect(await stays()).toBe(1);
    expect(await admit('V-POSTGRES')).toBe('AA');
    await waitFor('the stay', async () => (await stays()) === 2, 60_000);
  }, 180_000);
});
