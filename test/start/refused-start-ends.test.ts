import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

let store: TestDatabase;
let folder: string;
let taken: Server;
beforeAll(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-refused-'));
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(async () => {
  taken.close();
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Well below the time that a stop may take: nothing but what was left behind takes as long. */
const endLimitMs = 12_000;

it.each([
  ['METRICS_PORT', 'sequencer,relay'],
  ['MLLP_PORT', 'melior'],
  ['HTTP_PORT', 'hub,worker,population-register,listing,stand-ins'],
])(
  'a start that is refused for %s leaves nothing behind that keeps the process alive (%s)',
  async (variable, parts) => {
    const script = ['--import', './test/support/typescript.mjs', 'test/start/refused-start-process.ts'];
    const child = spawn(process.execPath, ['--no-warnings', ...script], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: store.url,
        DATA_DIRECTORY: folder,
        PROCESSES: parts,
        METRICS_PORT: '0',
        STAND_IN_POPULATION_REGISTER_PORT: '0',
        STAND_IN_LISTING_PORT: '0',
        STAND_IN_HSA_PORT: '0',
        STAND_IN_COSMIC_PORT: '0',
        [variable]: String((taken.address() as AddressInfo).port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await waitFor('the refusal', () => said !== '' || child.exitCode !== null);
      expect(said).toBe('refused\n');
      await waitFor('the process to end', () => child.exitCode !== null, endLimitMs);
      expect(child.exitCode).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  },
);
