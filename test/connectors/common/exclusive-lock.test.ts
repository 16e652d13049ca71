import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { ExclusiveLock } from '../../../connectors/common/exclusive-lock.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let store: TestDatabase;
let pool: Pool;
let lock: ExclusiveLock;
/** Statements that were sent on the connection of the lock. */
let sent: number;
beforeEach(async () => {
  store = await createTestDatabase();
  pool = new Pool({ connectionString: store.url, max: 1 });
  // As every pool of a connector (connector-pool.ts): a connection that breaks while nobody uses it is told to the pool.
  pool.on('error', () => undefined);
  sent = 0;
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    Object.assign(client, { query: (...asked: unknown[]) => ((sent += 1), query(...asked)) });
  });
  lock = new ExclusiveLock(pool, 'connector-publisher', 'test');
  await lock.take();
  sent = 0;
});
afterEach(async () => {
  lock.release();
  await pool.end();
  await store.drop();
});
const askTogether = () => Promise.all(Array.from({ length: 200 }, () => lock.stillHeld()));

it('however many ask at once whether the lock is still held, two questions go out at most', async () => {
  expect(new Set(await askTogether())).toEqual(new Set([true]));
  expect(sent).toBeLessThanOrEqual(2);
  expect(await lock.stillHeld()).toBe(true);
  expect(sent).toBeLessThanOrEqual(3);
});

it('all who ask are told that the lock is lost, and it can be taken anew', async () => {
  await store.database.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())`,
  );
  expect(new Set(await askTogether())).toEqual(new Set([false]));
  expect(await lock.take()).toBe(true);
  expect(new Set(await askTogether())).toEqual(new Set([true]));
});
