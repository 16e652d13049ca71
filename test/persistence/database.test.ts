import { Database } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

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

  it.each([
    ['the work ends well', () => undefined],
    [
      'the work ends by what came of it',
      () => {
        throw new Error('of the work');
      },
    ],
  ])('fails by a statement that nobody waited for, and keeps nothing: %s', async (_, end) => {
    const work = test.database.transaction(async (sql) => {
      await sql.query(`insert into reader values ('f', 1)`);
      sql.later(sql.query('select 1/0'));
      sql.later(sql.query('select 2'));
      end();
    });
    await expect(work).rejects.toThrow('division by zero');
    const { rows } = await test.database.query(`select 1 from reader where name = 'f'`);
    expect(rows).toEqual([]);
  });

  it.each([
    ['passes on what failed', false],
    ['swallows what failed and asks on', true],
  ])(
    'a transaction that could not begin fails by what stopped it, and nothing of its work is kept: it %s',
    async (_, swallows) => {
      const work = test.database.transaction(
        async (sql) => {
          for (const name of ['d', 'e']) {
            const asked = sql.query('insert into reader values ($1, 1)', [name]);
            await (swallows ? asked.catch(() => undefined) : asked);
          }
        },
        ['select 1/0'],
      );
      await expect(work).rejects.toThrow('division by zero');
      const { rows } = await test.database.query(`select 1 from reader where name in ('d', 'e')`);
      expect(rows).toEqual([]);
    },
  );

  it('what a transaction asks first is answered after its locks are had', async () => {
    const lock = 'select pg_advisory_xact_lock(4712)';
    const order: string[] = [];
    let inside = (): void => undefined;
    const entered = new Promise<void>((resolve) => (inside = resolve));
    let leave = (): void => undefined;
    const mayLeave = new Promise<void>((resolve) => (leave = resolve));
    const first = test.database.transaction(
      async (sql) => {
        await sql.query(`insert into reader values ('f', 1)`);
        inside();
        await mayLeave;
        order.push('first');
      },
      [lock],
    );
    await entered;
    const second = test.database.transaction(
      async (sql) => {
        const { rows } = await sql.query(`select 1 from reader where name = 'f'`);
        order.push(`second finds ${rows.length}`);
      },
      [lock],
    );
    leave();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second finds 1']);
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

  it('writes for its health once a second at most, however many ask', async () => {
    const asked = new Database({ url: test.url });
    try {
      const written = async () =>
        (await test.database.query<{ xmin: string }>('select xmin::text from health_probe where id = 1'))
          .rows;
      await Promise.all(Array.from({ length: 50 }, () => asked.healthy()));
      const first = await written();
      for (let question = 0; question < 50; question += 1) expect(await asked.healthy()).toBe(true);
      expect(await written()).toEqual(first);
      await waitFor('the next second', async () => {
        await asked.healthy();
        return (await written())[0]?.xmin === first[0]?.xmin ? undefined : true;
      });
    } finally {
      await asked.close();
    }
  });

  it('is not healthy when there is no new room to write in, though a row still finds its place (a full disk)', async () => {
    const name = new URL(test.url).pathname.slice(1);
    // As a full disk does it, what needs a new file or a longer one fails, and what has room on its page does not.
    await test.database.query(`alter database "${name}" set temp_file_limit = 0`);
    const full = new Database({ url: test.url });
    try {
      const limit = await full.query<{ set: string }>(`select current_setting('temp_file_limit') as set`);
      expect(limit.rows).toEqual([{ set: '0' }]);
      await full.query('insert into health_probe (id, at) values (2, now())', []);
      await expect(full.healthy()).resolves.toBe(false);
      // The connection is as it was: neither in a broken transaction nor with the probe's setting.
      const memory = await full.query<{ set: string }>(`select current_setting('work_mem') as set`);
      expect(memory.rows).not.toEqual([{ set: '64kB' }]);
      await test.database.query(`alter database "${name}" reset temp_file_limit`);
    } finally {
      await full.close();
    }
    const after = new Database({ url: test.url });
    await expect(after.healthy()).resolves.toBe(true);
    await after.close();
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
