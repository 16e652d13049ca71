import { svuStream } from '../../src/cases/kinds/svu.js';
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

it('a case that a program ends, or opens again, which does not know that the database knows it, is over, or under way', async () => {
  const id = await openDraft(log);
  const other = await openDraft(log);
  /** As the version before that column writes a state: it leaves the column as it was. */
  const asBefore = async (phase: string | null) => {
    await test.database.query(
      `update stream set version = version + 1,
         state = case when $2::text is null then null else jsonb_set(state::jsonb, '{phase}', to_jsonb($2::text))::json end
        where id = $1`,
      [id, phase],
    );
    return (await openNow(id))?.open;
  };
  expect(await asBefore('discharged')).toBe(false);
  expect(await asBefore('published')).toBe(true);
  expect(await asBefore('annulled')).toBe(false);
  expect(await asBefore('draft')).toBe(true);
  expect(await asBefore(null)).toBe(false);
  // What this program says with the state stands.
  await test.database.query('update stream set open = not open, state = state where id = $1', [other]);
  expect((await openNow(other))?.open).toBe(false);
});

it('no stream but a case is under way', async () => {
  const { rows } = await test.database.query(`select 1 from stream where open and type <> 'svu'`);
  expect(rows).toEqual([]);
});
