import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startTransactionPooler } from '../support/transaction-pooler.js';
import { checkSessions } from '../../src/persistence/check-sessions.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it.each(['last-in-first-out', 'first-in-first-out'] as const)(
  'a pooler that shares sessions between connections is refused (%s)',
  async (order) => {
    const pooler = await startTransactionPooler(test.url, order);
    await expect(checkSessions(pooler.url)).rejects.toThrow(/pool_mode must be session/);
    await pooler.close();
  },
);

it('a connection of its own is taken', async () => {
  await expect(checkSessions(test.url)).resolves.toBeUndefined();
});

it('what the server says is said: who may not log in', async () => {
  const url = new URL(test.url);
  url.password = 'wrong';
  await expect(checkSessions(url.href)).rejects.toThrow(/password authentication failed/);
});
