import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { advisoryLocks } from '../../src/persistence/advisory-locks.js';
import { workUnderLock } from '../../src/persistence/session-lock.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

const whenLost = (lost: AbortSignal) =>
  new Promise<void>((resolve) => {
    lost.addEventListener('abort', () => resolve());
  });

/** Works under the lock; the session is ended while the first turn rests. */
const endedAtRest = (overThen: boolean): Promise<void> =>
  test.database.session(async (sql, lost) => {
    let ended = false;
    const { rows } = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
    await workUnderLock(sql, advisoryLocks.relay, {
      lost,
      over: () => ended && overThen,
      standBy: () => Promise.reject(new Error('the lock was not free')),
      turn: async () => {
        if (ended) throw new Error('works on without the lock');
        const gone = whenLost(lost);
        await test.database.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await gone;
        ended = true;
      },
    });
  });

it('whose session is ended while it rests learns why, and works no more', async () => {
  await expect(endedAtRest(false)).rejects.toThrow('terminating connection due to administrator command');
});

it('whose session is ended while it stops has nothing to complain of', async () => {
  await expect(endedAtRest(true)).resolves.toBeUndefined();
});
