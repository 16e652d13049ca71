import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe('Database', () => {
  it('commits what the work did', async () => {
    await test.database.transaction(async (sql) => {
      await sql.query(`insert into reader values ('a', $1)`, [1]);
    });
    const { rows } = await test.database.query<{ sequence: number }>(
      `select sequence from reader where name = 'a'`,
    );
    expect(rows).toEqual([{ sequence: 1 }]);
  });

  it('rolls back when the work rejects', async () => {
    const work = test.database.transaction(async (sql) => {
      await sql.query(`insert into reader values ('b', 1)`);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    const { rows } = await test.database.query(`select 1 from reader where name = 'b'`);
    expect(rows).toEqual([]);
  });

  it('does not call a transaction done in which a statement failed', async () => {
    const work = test.database.transaction(async (sql) => {
      await sql.query(`insert into reader values ('c', 1)`);
      await sql.query('select 1/0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
  });

  it('survives the end of its idle connections', async () => {
    await test.database.query('select 1');
    await test.database.transaction(async (sql) => {
      await sql.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
    });
    await expect(test.database.healthy()).resolves.toBe(true);
  });

  it("has let go of a session's locks when the session is over, whether its work resolved or rejected", async () => {
    const held = () =>
      test.database.query(`select 1 from pg_locks where locktype = 'advisory' and objid = 4711`);
    for (let round = 0; round < 25; round += 1) {
      await held(); // A connection that is open already looks before the server has closed the other.
      const work = test.database.session(async (sql) => {
        await sql.query('select pg_advisory_lock(4711)');
        expect((await held()).rows).toHaveLength(1);
        if (round % 2 === 1) throw new Error('no');
      });
      await Promise.allSettled([work]);
      expect((await held()).rows).toEqual([]);
    }
  });
});
