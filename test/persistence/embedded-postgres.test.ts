import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { waitFor } from '../support/wait-for.js';
import { checkSchema } from '../../src/persistence/check-schema.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/persistence/embedded/embedded-postgres.js';

import { superviseEmbeddedPostgres } from '../../src/persistence/embedded/supervised-postgres.js';

let directory: string;
let server: EmbeddedPostgres | undefined;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), `hemgang-test-postgres-${process.pid}-`));
});
afterEach(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

// `unsafe` where a test needs no fsync: a killed process loses nothing either way, and the disk is spared.
describe('The embedded PostgreSQL', () => {
  it('keeps data between starts, on loopback, with a private password', async () => {
    server = await startEmbeddedPostgres({ directory });
    await query(server.url, 'create table kept (a integer); insert into kept values (7)');
    await server.stop();
    server = await startEmbeddedPostgres({ directory });
    expect(await query(server.url, 'select a from kept')).toEqual([{ a: 7 }]);
    expect(await query(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(server.url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await query(server.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect((await stat(path.join(directory, 'password'))).mode & 0o777).toBe(0o600);
    const password = (await readFile(path.join(directory, 'password'), 'utf8')).trim();
    await expect(query(server.url.replace(password, 'wrong'), 'select 1')).rejects.toThrow('authentication');
  });

  it('starts again after SIGKILL, with everything committed, and tells that it ended', async () => {
    const told = Promise.withResolvers<string>();
    server = await startEmbeddedPostgres({ directory, unsafe: true, onUnexpectedExit: told.resolve });
    const { port } = server;
    await query(server.url, 'create table kept (a integer); insert into kept values (7)');
    process.kill(server.pid, 'SIGKILL');
    await expect(told.promise).resolves.toContain('SIGKILL');
    server = await startEmbeddedPostgres({ directory, port, unsafe: true });
    expect(await query(server.url, 'select a from kept')).toEqual([{ a: 7 }]);
  });

  it('refuses a directory that another living process uses, and takes over from a killed one', async () => {
    const owner = spawn(
      process.execPath,
      [
        '--import',
        './test/support/typescript.mjs',
        fileURLToPath(new URL('../support/postgres-owner.ts', import.meta.url)),
        directory,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(owner.stdout, 'data'); // It prints when its server is up.
    await expect(startEmbeddedPostgres({ directory, unsafe: true })).rejects.toThrow(
      'in use by another process',
    );
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    server = await startEmbeddedPostgres({ directory, unsafe: true });
    expect(await query(server.url, 'select a from kept')).toEqual([{ a: 7 }]);
  });
});

describe('The supervised PostgreSQL', () => {
  it('is back on the same port after SIGKILL, without being asked', async () => {
    const incidents: string[] = [];
    server = await superviseEmbeddedPostgres({
      directory,
      unsafe: true,
      onIncident: (incident) => incidents.push(incident),
    });
    const { url, pid } = server;
    await query(url, 'create table kept (a integer); insert into kept values (7)');
    process.kill(pid, 'SIGKILL');
    await waitFor('the server to be back', () => incidents.includes('PostgreSQL is back'));
    expect(incidents[0]).toContain('SIGKILL');
    expect(await query(url, 'select a from kept')).toEqual([{ a: 7 }]);
  });
});

describe('checkSchema', () => {
  it('finds no difference between migrations and entities', async () => {
    await expect(checkSchema()).resolves.toEqual([]);
  });
});
