import { afterEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { advisoryLocks } from '../../src/persistence/advisory-locks.js';
import { migrate } from '../../src/persistence/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

let test: TestDatabase;
let other: Client;
afterEach(async () => {
  await other.end();
  await test.drop();
});

it('says why a migration was cut off, when its session was ended between two statements', async () => {
  test = await createTestDatabase();
  other = new Client({ connectionString: test.url });
  await other.connect();
  // Another process migrates, so that this one asks, waits, and asks again.
  await other.query(`select pg_advisory_lock(${advisoryLocks.migration})`);
  const ended = migrate(test.url).then(
    () => 'migrated',
    (error: unknown) => (error as { code?: string }).code,
  );
  await waitFor('the session that waits to be ended while nothing is asked on it', async () => {
    const { rows } = await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'idle' and query like '%pg_try_advisory_lock%'`,
    );
    return rows.length > 0;
  });
  expect(await ended).toBe('57P01');
});
