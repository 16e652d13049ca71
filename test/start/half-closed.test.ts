import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startLookupServer } from '../../connectors/common/lookup/lookup-server.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { start } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** A client that shuts its writing half after the last byte of its request, as TCP allows, gets its answer from every server. */

let store: TestDatabase;
let folder: string;
const silent = pino({ level: 'silent' });
beforeAll(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-half-closed-'));
});
afterAll(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Sends everything, shuts the writing half, and gives what came back. */
const ask = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let all = '';
    socket.on('data', (chunk) => (all += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(all));
    socket.end(text);
  });
const head = 'Host: hub\r\nConnection: close\r\n';

it('metrics and health', async () => {
  let port = 0;
  const logger = pino(
    { level: 'info' },
    {
      write: (line: string) => {
        const told = JSON.parse(line) as { msg: string; port?: number };
        if (told.msg === 'metrics and health') port = told.port ?? 0;
      },
    },
  );
  const configuration = loadConfiguration({
    DATABASE_URL: store.url,
    DATA_DIRECTORY: folder,
    PROCESSES: 'sequencer',
    METRICS_PORT: '0',
  });
  const started = await start(configuration, logger);
  try {
    for (const address of ['/metrics', '/health'])
      expect(await ask(port, `GET ${address} HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 200/);
  } finally {
    await started.stop();
  }
});

it('lookups between processes', async () => {
  const secret = randomBytes(32).toString('hex');
  const lookups = { persons: { lookUp: () => Promise.resolve([]) } };
  const server = await startLookupServer({ host: '127.0.0.1', port: 0, secret, lookups, logger: silent });
  try {
    const body = JSON.stringify({ persons: [{ type: 'personnummer', value: '193406129829' }] });
    const headers = `Authorization: Bearer ${secret}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
    const answer = await ask(
      server.address.port,
      `POST /lookups/persons HTTP/1.1\r\n${head}${headers}\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200[^]*"facts"/);
  } finally {
    await server.stop();
  }
});

it('is said by every file that makes a server of HTTP', async () => {
  const root = path.join(import.meta.dirname, '..', '..');
  const files = (
    await Promise.all(
      ['src', 'connectors'].map((room) =>
        readdir(path.join(root, room), { recursive: true, withFileTypes: true }),
      ),
    )
  )
    .flat()
    .filter((each) => each.isFile() && each.name.endsWith('.ts') && !each.name.endsWith('.test.ts'))
    .map((each) => path.join(each.parentPath, each.name));
  const serving: string[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    if (!/import \{[^}]*\bcreateServer\b[^}]*\} from 'node:https?'|\bFastifyAdapter\(/.test(text)) continue;
    serving.push(path.relative(root, file));
    expect([file, /\banswerHalfClosed\(/.test(text)]).toEqual([file, true]);
  }
  expect(serving.length).toBe(5);
});
