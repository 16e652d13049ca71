import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from '../../src/persistence/database.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/persistence/embedded/embedded-postgres.js';
import { migrate } from '../../src/persistence/migrate.js';
import { administer } from './postgres-server.js';
import { askService } from './services.js';
import { stablePort } from './stable-ports.js';
import { killPostgres } from './kill-postgres.js';

/** A migrated, empty database of one's own on real PostgreSQL. */
export type TestDatabase = {
  readonly url: string;
  readonly database: Database;
  /** Closes the pool and drops the database. Call it in `afterAll`. */
  drop(): Promise<void>;
};

/** Makes a database by copying the run's migrated template: some tens of milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: server = '', template = '' } = await askService('postgres');
  const name = `hemgang_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = new Database({ url: url.href, applicationName: 'hemgang-test' });
  return {
    url: url.href,
    database,
    async drop() {
      await database.close();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** A server of one's own with fsync on, which a test may kill and start again on the same port. */
export type DurableTestDatabase = TestDatabase & {
  /** SIGKILL to the server and its sessions, as an outage would. */
  kill(): Promise<void>;
  /** Starts it again; the pool of `database` finds it by itself. */
  restart(): Promise<void>;
};

/** For tests that kill PostgreSQL: about two seconds. */
export async function createDurableTestDatabase(): Promise<DurableTestDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), `hemgang-test-postgres-${process.pid}-`));
  // Made without fsync, which costs seconds on a busy disk; used with it.
  const draft = await startEmbeddedPostgres({ directory, unsafe: true });
  await migrate(draft.url);
  await draft.stop();
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ directory, port: await stablePort() });
  const { url, port } = server;
  const database = new Database({ url, applicationName: 'hemgang-test' });
  return {
    url,
    database,
    kill: () => killPostgres(server),
    async restart() {
      server = await startEmbeddedPostgres({ directory, port });
    },
    async drop() {
      await database.close();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
