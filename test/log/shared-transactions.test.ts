import { randomUUID } from 'node:crypto';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild } from '../../src/log/rebuild.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import type { Session } from '../../src/log/log.js';
import type { BatchStatement } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { command, errand, origin, type ErrandCommand } from './errand.js';

let test: TestDatabase;
let log: PostgresLog;
/** What shared transactions failed with. */
let failures: unknown[];

beforeEach(async () => {
  test = await createTestDatabase();
  failures = [];
  log = new PostgresLog({ database: test.database, onSharedFailed: (error) => failures.push(error) });
  await test.database.query('create table note (word text primary key)');
});
afterEach(() => test.drop());

type Errand = { readonly id: string; readonly person: string };
const newErrand = (): Errand => ({ id: randomUUID(), person: randomUUID() });
const errands = (count: number): readonly Errand[] => Array.from({ length: count }, newErrand);

/** Work that may share its transaction, under the lock of the person. */
const share = <T>({ person }: Errand, work: (session: Session) => Promise<T>): Promise<T> =>
  log.transact({ ...origin(`person:${person}`), shared: true }, work);
const alone = <T>({ person }: Errand, work: (session: Session) => Promise<T>): Promise<T> =>
  log.transact(origin(`person:${person}`), work);
const run = async (session: Session, { id }: Errand, ...commands: readonly ErrandCommand[]) => {
  for (const each of commands) await session.execute(errand, id, each);
};
const open = (one: Errand) => share(one, (session) => run(session, one, command.open(one.person)));

const itemsOf = ({ id }: Errand) =>
  alone({ id, person: randomUUID() }, async (session) => (await session.load(errand, id)).state?.items);
/** How many events and in how many transactions they were written. */
async function written(): Promise<{ events: number; transactions: number }> {
  const { rows } = await test.database.query<{ events: number; transactions: number }>(
    'select count(*) as events, count(distinct xmin::text) as transactions from event',
  );
  return rows[0] ?? { events: 0, transactions: 0 };
}

const notes: BatchStatement<string, void> = async (sql, words) => {
  await sql.query('insert into note select * from unnest($1::text[])', [words]);
  return [];
};
const notesLeft = async () =>
  (await test.database.query<{ word: string }>('select word from note order by word')).rows.map(
    ({ word }) => word,
  );

describe('Work that shares its transaction (decision 82)', () => {
  it('of the same moment is written together, each as if it were alone, in its own order', async () => {
    const all = errands(5);
    await Promise.all(
      all.map((one, place) =>
        share(one, async (session) => {
          session.sql.beforeCommit(notes, `note ${place}`);
          await run(session, one, command.open(one.person), command.addMany('a', 'b'), command.add('a'));
        }),
      ),
    );
    expect(await written()).toEqual({ events: 20, transactions: 1 });
    for (const one of all) expect(await itemsOf(one)).toEqual({ a: 2, b: 1 });
    const { rows } = await test.database.query<{ ordered: boolean }>(
      `select bool_and(stream_version = place) as ordered from (
         select stream_version, row_number() over (partition by stream_id order by position) as place from event) as e`,
    );
    expect(rows).toEqual([{ ordered: true }]);
    expect(await notesLeft()).toHaveLength(5);
  });

  it('writes to several streams of one in the order in which it decided, the later steps of a stream too', async () => {
    const [one, other] = [newErrand(), newErrand()];
    const third = newErrand();
    await open(third);
    await Promise.all([
      open(other),
      share(one, async (session) => {
        await run(session, third, command.add('first'));
        await run(session, one, command.open(one.person));
        await run(session, third, command.add('second'));
        await run(session, one, command.add('last'));
      }),
    ]);
    const { rows } = await test.database.query<{ id: string; type: string }>(
      `select stream_id as id, type from event where stream_id = any($1) order by position`,
      [[one.id, third.id]],
    );
    expect(rows.map(({ id, type }) => [id === one.id ? 'one' : 'third', type])).toEqual([
      ['third', 'Opened'],
      ['third', 'Added'],
      ['one', 'Opened'],
      ['third', 'Added'],
      ['one', 'Added'],
    ]);
    expect(failures).toEqual([]);
  });

  const decisions = async (session: Session, one: Errand) => {
    await run(session, one, command.open(one.person));
    session.sql.beforeCommit(notes, one.id);
  };
  it.each<[string, (session: Session, bad: Errand) => Promise<void>, boolean]>([
    ['throws', () => Promise.reject(new Error('poison')), false],
    [
      'throws after it decided',
      (session, bad) => decisions(session, bad).then(() => Promise.reject(new Error('poison'))),
      false,
    ],
    [
      'asks for a statement of its own',
      async (session, bad) => {
        await session.sql.query('select 1');
        await decisions(session, bad);
      },
      true,
    ],
    [
      'asks for a prepared statement of its own',
      async (session, bad) => {
        await decisions(session, bad);
        await session.sql.prepared('one', 'select 1', []);
      },
      true,
    ],
    [
      'waits for something else',
      async (session, bad) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await decisions(session, bad);
      },
      true,
    ],
  ])('one that %s goes alone, and keeps nobody else back', async (_, work, ends) => {
    const [good, bad] = [errands(4), newErrand()];
    const failing = share(bad, (session) => work(session, bad));
    const [outcome] = await Promise.all([Promise.allSettled([failing]), ...good.map(open)]);
    expect(outcome).toEqual([
      ends ? { status: 'fulfilled', value: undefined } : { status: 'rejected', reason: new Error('poison') },
    ]);
    expect(await written()).toEqual({ events: ends ? 5 : 4, transactions: ends ? 2 : 1 });
    expect(await notesLeft()).toEqual(ends ? [bad.id] : []);
    expect(failures).toEqual([]);
  });

  it('of one person takes turns, and the second knows what the first did', async () => {
    const one = newErrand();
    const others = errands(3);
    await open(one);
    await Promise.all([
      ...[1, 2, 3].map(() =>
        share(one, async (session) => {
          const { state } = await session.load(errand, one.id);
          await run(session, one, command.add(`${Object.keys(state?.items ?? {}).length}`));
        }),
      ),
      ...others.map(open),
    ]);
    expect(await itemsOf(one)).toEqual({ '0': 1, '1': 1, '2': 1 });
    expect(failures).toEqual([]);
  });

  it('that meets on one stream under locks of two persons: the second decides again, knowing the first', async () => {
    const one = newErrand();
    await Promise.all(
      [one, { ...one, person: randomUUID() }].map((each) =>
        share(each, async (session) => {
          const { state } = await session.load(errand, one.id);
          await run(session, one, state === undefined ? command.open(each.person) : command.add('second'));
        }),
      ),
    );
    expect(await itemsOf(one)).toEqual({ second: 1 });
    expect(failures).toEqual([]);
  });

  it('does not wait for a person whom another writer holds, and deals with that one afterwards', async () => {
    const held = newErrand();
    const others = errands(3);
    await open(held);
    const [took, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holder = alone(held, async (session) => {
      await run(session, held, command.add('holder'));
      took.resolve();
      await letGo.promise;
    });
    await took.promise;
    let after: unknown;
    const waiting = share(held, async (session) => {
      after = (await session.load(errand, held.id)).state?.items;
      await run(session, held, command.add('waiter'));
    });
    await Promise.all(others.map(open));
    expect((await written()).events).toBe(4);
    letGo.resolve();
    await Promise.all([holder, waiting]);
    expect(after).toEqual({ holder: 1 });
    expect(await itemsOf(held)).toEqual({ holder: 1, waiter: 1 });
  });

  it('that PostgreSQL refuses at the end runs again one by one, and only what was refused fails', async () => {
    const [good, bad] = [errands(4), newErrand()];
    await test.database.query(`insert into note values ('taken')`);
    const failing = share(bad, async (session) => {
      await run(session, bad, command.open(bad.person));
      // A unique violation is a conflict, which is tried again and again.
      session.sql.beforeCommit(notes, 'taken');
    });
    const [outcome] = await Promise.all([Promise.allSettled([failing]), ...good.map(open)]);
    expect(outcome[0]?.status).toBe('rejected');
    expect(await written()).toEqual({ events: 4, transactions: 4 });
    expect(failures).toHaveLength(1);
  });

  it('whose connection breaks between its events and what is written behind them is done once each, one by one', async () => {
    const all = errands(4);
    await test.database.query(`
      create sequence breaks;
      create function break_once() returns trigger language plpgsql as $$ begin
        if nextval('breaks') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;
      create trigger break_once before insert on note for each row execute function break_once()`);
    await Promise.all(
      all.map((one) =>
        share(one, async (session) => {
          await run(session, one, command.open(one.person));
          session.sql.beforeCommit(notes, one.id);
        }),
      ),
    );
    expect(await written()).toEqual({ events: 4, transactions: 4 });
    expect(await notesLeft()).toHaveLength(4);
    expect(failures).toHaveLength(1);
  });

  it('beside writers of the same persons, in two processes’ worth of pools: nothing is lost, and none waits for another in a circle', async () => {
    const all = errands(6);
    await Promise.all(all.map(open));
    const other = new PostgresLog({ database: test.database });
    const rounds = 15;
    const add = (one: Errand, through: PostgresLog, shared: boolean) =>
      through.transact({ ...origin(`person:${one.person}`), shared }, (session) =>
        run(session, one, command.add('x')),
      );
    const both = (one: Errand, two: Errand) =>
      other.transact(origin(`person:${two.person}`, `person:${one.person}`), async (session) => {
        await run(session, one, command.add('x'));
        await run(session, two, command.add('x'));
      });
    for (let round = 0; round < rounds; round++)
      await Promise.all([
        ...all.map((one) => add(one, log, true)),
        ...all.toReversed().map((one) => add(one, other, true)),
        ...all.map((one, place) => both(one, all[(place + 1 + (round % 5)) % all.length] ?? one)),
      ]);
    for (const one of all) expect(await itemsOf(one)).toEqual({ x: 4 * rounds });
    const { rows } = await test.database.query(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
    expect(failures).toEqual([]);
  });

  it('is rebuilt as it was written', async () => {
    const all = errands(6);
    await Promise.all(all.map(open));
    await Promise.all(
      all.map((one, place) =>
        share(one, (session) =>
          run(
            session,
            one,
            command.addMany('a', 'b'),
            command.admit(`SE2321000016-W10${place}`),
            command.drop('a'),
            command.dismiss(`SE2321000016-W10${place}`),
          ),
        ),
      ),
    );
    const sequencer = startSequencer({ database: test.database, pollMs: 10 });
    await waitFor('every event to be sequenced', async () => {
      const { rows } = await test.database.query('select 1 from unsequenced limit 1');
      return rows.length === 0;
    });
    await sequencer.stop();
    const registry = new StreamRegistry([errand]);
    const report = await rebuild({ database: test.database, registry, swap: false, resume: false });
    expect(report.differences).toEqual([]);
  });
});
