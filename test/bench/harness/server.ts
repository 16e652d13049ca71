import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from '../../../src/persistence/database.js';
import { startEmbeddedPostgres } from '../../../src/persistence/embedded/embedded-postgres.js';
import { migrate } from '../../../src/persistence/migrate.js';
import type { TestDatabase } from '../../support/database.js';
import { administer } from '../../support/postgres-server.js';

/** One PostgreSQL for the whole run, as durable as in use: fsync and synchronous_commit on. */
export type BenchServer = {
  readonly url: string;
  /** An empty database, migrated unless a hub of another version is to migrate it. Drop it when done. */
  createDatabase(migrated?: boolean): Promise<TestDatabase>;
  stop(): Promise<void>;
};

export async function startBenchServer(): Promise<BenchServer> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-bench-'));
  const first = await startEmbeddedPostgres({ directory });
  // So that statements can be counted; it takes effect at the next start.
  await administer(first.url, `alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await first.stop();
  const server = await startEmbeddedPostgres({ directory });
  return {
    url: server.url,
    async createDatabase(migrated = true) {
      const name = `bench_${randomBytes(6).toString('hex')}`;
      await administer(server.url, `create database ${name}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      if (migrated) await migrate(url.href);
      const database = new Database({ url: url.href });
      await database.query('create schema bench; create extension pg_stat_statements schema bench');
      return {
        url: url.href,
        database,
        async drop() {
          await database.close();
          await administer(server.url, `drop database if exists ${name} with (force)`);
        },
      };
    },
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
