import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';
import { migrate } from '../../src/persistence/migrate.js';
import type { Service } from './service.js';

const prefix = 'hemgang-test-postgres-';

/** One server for the run: the one DATABASE_URL names, else an embedded one, with a migrated template database. */
export async function startPostgres(): Promise<Service> {
  const given = process.env['DATABASE_URL'];
  const server = given ? undefined : await embedded();
  const url = given ?? server?.url ?? '';
  const template = `hemgang_template_${randomBytes(6).toString('hex')}`;
  await administer(url, `create database ${template}`);
  const templateUrl = new URL(url);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href);
  return {
    answer: { url, template },
    async stop() {
      if (server) await server.stop();
      else await administer(url, `drop database if exists ${template} with (force)`);
    },
  };
}

/** Runs one statement that no transaction may hold, such as `create database`. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // The statement's own rejection tells.
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** An embedded server in a temporary directory that goes away when it is stopped. */
async function embedded(): Promise<{ url: string; stop(): Promise<void> }> {
  await sweep();
  const directory = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startEmbeddedPostgres({ directory, unsafe: true });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Clears away what runs that were killed left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : undefined;
    if (owner === undefined || alive(owner)) continue;
    const directory = path.join(tmpdir(), name);
    const lock = await readFile(path.join(directory, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
    const postmaster = Number(lock.split('\n')[0]);
    if (postmaster > 0 && alive(postmaster)) process.kill(postmaster, 'SIGQUIT');
    await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
