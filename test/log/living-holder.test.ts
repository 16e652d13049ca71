import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { ExclusiveLock } from '../../connectors/common/exclusive-lock.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { startHolder, type Holder } from './start-holder.js';

/** What frozen-holder.test.ts shows must not be done to a holder that lives. */
let test: TestDatabase;
let holder: Holder | undefined;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(async () => {
  holder?.process.kill('SIGKILL');
  await test.drop();
});

it('a holder that is alive keeps its lock, however little it does', async () => {
  holder = await startHolder('publisher', test.url);
  const pool = createConnectorPool(test.url);
  const other = new ExclusiveLock(pool, 'connector-publisher', 'test');
  const until = Date.now() + 12_000;
  await waitFor(
    'the time in which a silent holder would have lost it',
    async () => {
      expect(await other.take()).toBe(false);
      return Date.now() > until || undefined;
    },
    30_000,
  );
  expect(holder.said()).not.toContain('lost');
  await pool.end();
});
