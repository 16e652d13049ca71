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
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startStallingProxy, type StallingProxy } from '../support/stalling-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** A statement is given up after this long. */
const statementMs = 32_000;

describe('the database', () => {
  let store: TestDatabase;
  let proxy: StallingProxy;
  let started: Started;
  let configuration: Configuration;
  let authorization: string;
  let dataDirectory: string;

  beforeAll(async () => {
    store = await createTestDatabase();
    const url = new URL(store.url);
    proxy = await startStallingProxy(Number(url.port));
    url.port = String(proxy.port);
    dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-stalled-'));
    configuration = await wholeHubConfiguration(url.href, dataDirectory);
    started = await start(configuration, pino({ level: 'silent' }));
    const issuer = await openDemoIssuer(configuration);
    authorization = `Bearer ${await issuer.userToken(cast.nurse)}`;
  });
  afterAll(async () => {
    await started?.stop();
    await proxy?.close();
    await store?.drop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  const health = async (address: string): Promise<{ status: number; text: string; ms: number }> => {
    const began = performance.now();
    const answer = await fetch(address);
    return { status: answer.status, text: await answer.text(), ms: performance.now() - began };
  };
  const addresses = (): readonly string[] => {
    const { host, port } = configuration.metrics;
    return [`http://${host}:${port}/health`, new URL('/health/ready', configuration.http.baseUrl).href];
  };
  const admit = (): Promise<string> => {
    const [patient] = patients;
    const at = new Date();
    const stay = { patient, ward: 'MED', visit: 'V-STALLED', admittedAt: at };
    return sendMllp(
      configuration.melior.host,
      configuration.melior.port,
      adtMessage({ ...stay, event: 'A01', controlId: 'STALLED', at }),
    );
  };

  it('answers nothing: health says so within a second, and every request ends within the limit of a statement', async () => {
    for (const address of addresses()) expect(await health(address)).toMatchObject({ status: 200 });
    proxy.stall();
    try {
      const began = performance.now();
      const requests = [
        fetch(`${configuration.http.baseUrl}/Encounter`, { headers: { authorization } }).then(
          ({ status }) => status,
        ),
        admit().then((answer) => /MSA.(\w\w)/.exec(answer)?.[1]),
      ];
      // However often it is asked, also when every connection waits.
      const took: number[] = [];
      for (let time = 0; time < 5; time += 1)
        for (const address of addresses()) {
          const { status, ms } = await health(address);
          expect(status).toBe(503);
          took.push(ms);
        }
      // One may have waited for the processor, which this test shares with others.
      expect(
        took
          .toSorted((one, other) => one - other)
          .slice(0, -1)
          .filter((ms) => ms >= 1_000),
      ).toEqual([]);
      expect(Math.max(...took)).toBeLessThan(5_000);
      expect(await Promise.all(requests)).toEqual([503, 'AR']);
      expect(performance.now() - began).toBeLessThan(statementMs + 15_000);
    } finally {
      proxy.resume();
    }
    await waitFor('the hub', async () => (await health(addresses()[0] ?? '')).status === 200, 60_000);
    expect(await admit()).toMatch(/MSA.AA/);
    const { status } = await fetch(`${configuration.http.baseUrl}/Encounter`, { headers: { authorization } });
    expect(status).toBe(200);
  }, 180_000);

  it('only reads: health is down, and up again when it can be written', async () => {
    const name = new URL(store.url).pathname.slice(1);
    const setReadOnly = async (value: string): Promise<void> => {
      await store.database.query(`alter database ${name} ${value}`);
      await store.database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = $1 and pid <> pg_backend_pid()`,
        [name],
      );
    };
    await setReadOnly('set default_transaction_read_only = on');
    for (const address of addresses())
      await waitFor('health to be down', async () => (await health(address)).status === 503);
    expect(await admit()).not.toMatch(/MSA.AA/);
    // The session that changes it back may write, whatever the database's default.
    await store.database.transaction(
      (sql) => sql.query(`alter database ${name} reset default_transaction_read_only`),
      ['set transaction read write'],
    );
    await store.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [name],
    );
    for (const address of addresses())
      await waitFor('health to be up', async () => (await health(address)).status === 200);
  }, 120_000);
});
