import { svuStream } from '../../src/cases/kinds.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { personLock } from '../../src/persons/person-locks.js';
import { openDraft } from '../cases/drafts.js';
import { annul, fact, freeze, now } from '../support/process/svu.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let log: PostgresLog;
beforeAll(async () => {
  test = await createTestDatabase();
  log = new PostgresLog({ database: test.database });
});
afterAll(() => test.drop());

const openNow = async (id: string) => {
  const { rows } = await test.database.query<{ open: boolean; personId: string }>(
    'select open, person_id as "personId" from stream where id = $1',
    [id],
  );
  return rows[0];
};

it('SVU-2, PAT-6: the database knows which cases are under way, frozen or not, and which are over', async () => {
  const id = await openDraft(log);
  expect((await openNow(id))?.open).toBe(true);
  const run = async (...commands: readonly Parameters<typeof svuStream.decider.decide>[0][]) => {
    const locks = [personLock((await openNow(id))?.personId ?? '')];
    await log.transact({ locks, cause: { kind: 'hub', id: 'test' }, recordedAt: now }, async (session) => {
      for (const command of commands) {
        const { decision } = await session.execute(svuStream, id, command);
        expect(decision.rejection).toBeUndefined();
      }
    });
    return (await openNow(id))?.open;
  };
  expect(await run(freeze)).toBe(true);
  expect(await run(fact('unfreeze', {}))).toBe(true);
  expect(await run(annul)).toBe(false);
});

it('no stream but a case is under way', async () => {
  const { rows } = await test.database.query(`select 1 from stream where open and type <> 'svu'`);
  expect(rows).toEqual([]);
});
