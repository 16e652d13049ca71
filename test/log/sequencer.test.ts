import { randomUUID } from 'node:crypto';
import { advisoryLocks } from '../../src/persistence/advisory-locks.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { moveReader, readerPosition, readLog } from '../../src/log/read-log.js';
import { startSequencer, type Sequencer, type SequencerOptions } from '../../src/log/sequencer.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { copyRows } from './copy-rows.js';
import { command, errand, origin, type ErrandCommand } from './errand.js';

let test: TestDatabase;
let log: PostgresLog;
let sequencers: Sequencer[] = [];
beforeEach(async () => {
  test = await createTestDatabase();
  log = new PostgresLog({ database: test.database });
});
afterEach(async () => {
  await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
  sequencers = [];
  await test.drop();
});

function start(options: Partial<SequencerOptions> = {}): Sequencer {
  const sequencer = startSequencer({ database: test.database, pollMs: 10, ...options });
  sequencers.push(sequencer);
  return sequencer;
}

const run = (id: string, ...commands: ErrandCommand[]) =>
  log.transact(origin(), async (session) => {
    for (const each of commands) await session.execute(errand, id, each);
  });

/** The log once `count` events have their place; checks what must always hold. */
async function sequenced(count: number) {
  const events = await waitFor(`${count} sequenced events`, async () => {
    const events = await readLog(test.database, 0, 100_000);
    return events.length >= count && events;
  });
  expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
  const versions = new Map<string, number>();
  for (const { streamId, streamVersion } of events) {
    expect(streamVersion).toBe((versions.get(streamId) ?? 0) + 1);
    versions.set(streamId, streamVersion);
  }
  const { rows } = await test.database.query('select 1 from unsequenced');
  expect(rows).toEqual([]);
  return events;
}

describe('The sequencer', () => {
  it('takes an event that commits late into the order, where it holds nothing up', async () => {
    start();
    const [late, quick] = [randomUUID(), randomUUID()];
    const allocated = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const slow = log.transact(origin(), async (session) => {
      await session.execute(errand, late, command.open(randomUUID()));
      // What is appended is sent and not waited for; what is asked next is answered after it.
      await session.sql.query('select 1');
      allocated.resolve();
      await release.promise;
    });
    await allocated.promise;
    await run(quick, command.open(randomUUID()), command.add('a'));
    const before = await sequenced(2);
    expect(before.map(({ streamId }) => streamId)).toEqual([quick, quick]);
    release.resolve();
    await slow;
    const after = await sequenced(3);
    expect(after.at(-1)?.streamId).toBe(late);
    expect(after.at(-1)?.position).toBeLessThan(after[0]?.position ?? 0);
  });

  it('is not stopped by a long transaction elsewhere in the cluster', async () => {
    start();
    const elsewhere = await createTestDatabase();
    try {
      await elsewhere.database.transaction(async (sql) => {
        await sql.query(`insert into reader values ('holds a transaction id', 1)`);
        await test.database.transaction(async (here) => {
          await here.query(`insert into reader values ('and one in this database', 1)`);
          await run(randomUUID(), command.open(randomUUID()));
          expect(await sequenced(1)).toHaveLength(1);
        });
      });
    } finally {
      await elsewhere.drop();
    }
  });

  it('goes on after dump and restore into a cluster with other transaction ids', async () => {
    const first = start();
    const id = randomUUID();
    await run(id, command.open(randomUUID()), command.add('a'));
    const before = await sequenced(2);
    await first.stop();
    await run(id, command.add('not sequenced at the time of the dump'));
    const original = test;
    test = await createTestDatabase();
    try {
      await copyRows(original.database, test.database);
    } finally {
      await original.drop();
    }
    log = new PostgresLog({ database: test.database });
    start();
    await run(id, command.add('after the restore'));
    const after = await sequenced(4);
    expect(after.slice(0, 2)).toEqual(before);
  });

  it('works in one of several processes at a time; another takes over when it stops', async () => {
    const told: string[] = [];
    const one = start({ onSequenced: () => told.push('one') });
    await run(randomUUID(), command.open(randomUUID()));
    await sequenced(1);
    start({ onSequenced: () => told.push('other') });
    await run(randomUUID(), command.open(randomUUID()));
    await sequenced(2);
    await one.stop();
    await run(randomUUID(), command.open(randomUUID()));
    await sequenced(3);
    expect(told).toEqual(['one', 'one', 'other']);
  });

  it('loses and doubles nothing when its connection is ended again and again under load', async () => {
    const errors: unknown[] = [];
    start({ onError: (error) => errors.push(error) });
    start({ onError: (error) => errors.push(error) });
    const written = new AbortController();
    let ended = 0;
    const ending = (async () => {
      while (!written.signal.aborted) {
        const { rowCount } = await test.database.query(
          `select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and objid = ${advisoryLocks.sequencer} and granted
              and database = (select oid from pg_database where datname = current_database())`,
        );
        ended += rowCount ?? 0;
      }
    })();
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const endedOften = () => ended > 3;
    let rounds = 0;
    for (; rounds < 10 || (rounds < 500 && !endedOften()); rounds += 1) {
      await Promise.all(
        ids.map((id) => run(id, rounds === 0 ? command.open(randomUUID()) : command.addMany('a', 'b'))),
      );
    }
    written.abort();
    await ending;
    await sequenced(20 * (1 + (rounds - 1) * 2));
    expect(ended).toBeGreaterThan(3);
    expect(errors.length).toBeGreaterThan(0);
  });

  it('looks at once when woken', async () => {
    const sequencer = start({ pollMs: 60_000 });
    log = new PostgresLog({ database: test.database, onAppended: () => sequencer.wake() });
    await run(randomUUID(), command.open(randomUUID()));
    expect(await sequenced(1)).toHaveLength(1);
    await run(randomUUID(), command.open(randomUUID()));
    expect(await sequenced(2)).toHaveLength(2);
  });
});

describe('A reader of the order', () => {
  it('reads on from where it was, and never moves back', async () => {
    start();
    await run(randomUUID(), command.open(randomUUID()), command.addMany('a', 'b', 'c'));
    await sequenced(4);
    expect(await readerPosition(test.database, 'relay')).toBe(0);
    const first = await readLog(test.database, 0, 3);
    await moveReader(test.database, 'relay', first.at(-1)?.sequence ?? 0);
    await moveReader(test.database, 'relay', 1);
    const second = await readLog(test.database, await readerPosition(test.database, 'relay'), 3);
    expect(second.map(({ sequence }) => sequence)).toEqual([4]);
  });
});
