import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration/configuration.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** One process that receives and deals with facts; senders wait for the disk and for nothing else. */
describe('receiving in a thread of its own', () => {
  let store: TestDatabase;
  let folder: string;
  let configuration: Configuration;
  let started: Started;
  const lines: string[] = [];
  beforeAll(async () => {
    store = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'hemgang-thread-'));
    const usual = await wholeHubConfiguration(store.url, folder);
    configuration = {
      ...usual,
      processes: new Set([...usual.processes].filter((name) => name !== 'cosmic')),
    };
    started = await start(configuration, pino({ level: 'info' }, { write: (text) => lines.push(text) }));
  });
  afterAll(async () => {
    await started?.stop();
    await store?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const startSender = async (connections: number): Promise<Worker> => {
    const entry = new URL('./sending-thread.js', import.meta.url);
    const sender = new Worker(entry, {
      workerData: { ...configuration.melior, tls: undefined, connections },
    });
    await once(sender, 'message');
    return sender;
  };
  const stopSender = async (sender: Worker): Promise<readonly number[]> => {
    const told = once(sender, 'message') as Promise<[readonly number[]]>;
    sender.postMessage('stop', []);
    const [answered] = await told;
    return answered;
  };
  const count = async (what: string): Promise<number> => {
    const { rows } = await store.database.query<{ count: number }>(
      `select count(*)::integer as count from ${what}`,
    );
    return rows[0]?.count ?? 0;
  };
  const ask = (what: string) => fetch(`http://127.0.0.1:${configuration.metrics.port}/${what}`);

  it('answers while the thread that deals with facts is at work: a message waits for the disk alone', async () => {
    const sender = await startSender(2);
    const from = Date.now();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    const until = Date.now();
    const answered = await stopSender(sender);
    expect(answered.filter((at) => at > from + 200 && at < until - 200).length).toBeGreaterThan(5);
  });

  it('senders that never pause do not starve what deals with facts, and the rest is dealt with after them', async () => {
    const before = await count(`inbox where state = 'done'`);
    const stored = await count('connector_receipt');
    const sender = await startSender(2);
    await waitFor(
      'facts to be done while many are sent',
      async () =>
        (await count(`inbox where state = 'done'`)) > before + 4 &&
        (await count('connector_receipt')) > stored + 30,
    );
    const answered = await stopSender(sender);
    await waitFor(
      'every fact to be done',
      async () => {
        const open = await count(`connector_receipt where not published`);
        return open === 0 && (await count(`inbox where state <> 'done'`)) === 0;
      },
      240_000,
    );
    expect(await count('inbox')).toBe(await count('connector_receipt'));
    expect(answered.length).toBeGreaterThan(20);
  }, 300_000);

  it('its health, metrics and log are those of the process', async () => {
    const stored = await count(`connector_receipt where connector = 'melior'`);
    await waitFor('its counts', async () => {
      const text = await (await ask('metrics')).text();
      return text.includes(`hemgang_connector_messages_total{connector="melior",outcome="stored"} ${stored}`);
    });
    const report = await waitFor('its senders to be gone', async () => {
      const health = (await (await ask('health')).json()) as Record<
        string,
        { detail: Record<string, unknown> }
      >;
      return health['melior']?.detail['connections'] === 0 && health['melior'];
    });
    expect(report).toMatchObject({ status: 'up', detail: { stored, repeated: 0, tls: false } });
    await waitFor(
      'its lines',
      () =>
        lines
          .join('')
          .split('\n')
          .filter((line) => line.includes('"message stored"')).length === stored,
    );
  });
});

it.each(['throws', 'ends'])(
  'a receiving thread that %s takes its process along: nobody is left without a listener',
  (how) => {
    const loader = path.resolve('test/support/typescript.mjs');
    const script = path.resolve('test/start/lost-thread-process.ts');
    const { status, signal, stdout } = spawnSync(
      process.execPath,
      ['--no-warnings', '--import', loader, script, how],
      {
        timeout: 30_000,
        encoding: 'utf8',
      },
    );
    expect({ stdout, signal }).toEqual({ stdout: 'listening\n', signal: null });
    expect(status).not.toBe(0);
  },
);
