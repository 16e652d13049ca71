import { randomUUID } from 'node:crypto';
import type { SealedEvent } from '../../src/messaging/contracts/sealed-event.js';
import { claimFacts, markDone, renewClaims, type Claim } from '../../src/messaging/inbox/claims.js';
import { ClaimLost } from '../../src/messaging/inbox/fact.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { OpenedFacts } from '../../src/messaging/inbox/opened-facts.js';
import { keysOf } from '../../src/messaging/inbox/seals.js';
import { Database } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { stayMessage } from './facts.js';
import { until } from './until.js';

const [persons, each] = [50, 60];

describe.each([0, 500])('a long line, by plans that were made while %i waited', (before) => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database({ url: test.url, connections: 1 });
    await putInLine(before, 1, 'before');
    // So often that the connection keeps its plan.
    for (let times = 0; times < 10; times += 1) {
      for (const from of ['oldest', 'newest'] as const) await claim(from);
      await keysOf(database, await sealedEvents(1));
    }
    await test.database.query(`update inbox set state = 'done', ended_at = now()`);
    await putInLine(persons, each, 'person');
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  /** Rows of a table that were read in some way, and blocks of its indexes, by whoever, until now. */
  const read = async (table: string): Promise<number> => {
    await database.query('select pg_stat_force_next_flush()');
    const { rows } = await database.query<{ read: number }>(
      `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) + idx_blks_read + idx_blks_hit)::int as read
       from pg_stat_user_tables join pg_statio_user_tables using (relid) where pg_stat_user_tables.relname = $1`,
      [table],
    );
    return rows[0]?.read ?? 0;
  };
  const claim = (from: 'oldest' | 'newest') => claimFacts(database, 1, 30_000, new OpenedFacts(), from);

  /** Facts of each of these persons, none of them dealt with. */
  const putInLine = async (persons: number, each: number, name: string): Promise<void> => {
    const inbox = new Inbox(test.database);
    for (let fact = 0; fact < each; fact += 1)
      await inbox.take(Array.from({ length: persons }, (_, person) => stayMessage(`${name}${person}`, fact)));
  };

  /** So many facts that are sealed, with their keys in the database. */
  const sealedEvents = async (count: number): Promise<readonly SealedEvent[]> => {
    const sealed = Array.from({ length: count }, () => ({ id: randomUUID(), sealkey: randomUUID() }));
    await test.database.query(
      `insert into sealing_key (event_id, id, key, made_at)
       select event_id, id, '', now() from unnest($1::text[], $2::uuid[]) as made (event_id, id)`,
      [sealed.map(({ id }) => id), sealed.map(({ sealkey }) => sealkey)],
    );
    return sealed as unknown as readonly SealedEvent[];
  };

  it('what a claim reads does not grow with the line', async () => {
    const atFirst = await read('inbox');
    expect(await claim('oldest')).toHaveLength(1);
    const afterOldest = await read('inbox');
    expect(await claim('newest')).toHaveLength(0);
    const afterNewest = await read('inbox');

    expect(afterOldest - atFirst).toBeLessThan(100);
    // Some two hundred of the newest: each a step along the line, and one look for an older one of the same person.
    expect(afterNewest - afterOldest).toBeLessThan(persons * each);
  });

  it('what a look for keys reads does not grow with all that there are', async () => {
    const events = await sealedEvents(persons * each);
    const atFirst = await read('sealing_key');
    expect((await keysOf(database, events.slice(-7))).size).toBe(7);
    expect((await read('sealing_key')) - atFirst).toBeLessThan(100);
  });
});

describe('marking facts whose claims are renewed in the same moment', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  beforeEach(() => test.database.query('truncate inbox, inbox_decision'));
  afterAll(() => test.drop());

  const claimed = async (count: number): Promise<readonly Claim[]> => {
    await new Inbox(test.database).take(
      Array.from({ length: count }, (_, n) => stayMessage(`person${n}`, 0)),
    );
    return claimFacts(test.database, count, 30_000, new OpenedFacts());
  };
  const mark = (claims: readonly Claim[]) =>
    test.database.transaction(async (sql) => {
      const kept = { outcome: 'done', keepPayload: true, keepRecording: true, at: new Date() };
      for (const claim of claims) await markDone(sql, { claim, ...kept });
    });
  const waiting = async (): Promise<boolean> => {
    const { rows } = await test.database.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  };
  const states = async () => {
    const { rows } = await test.database.query<{ state: string }>('select state from inbox');
    return rows.map(({ state }) => state);
  };

  it.each([1, 3])('a mark waits for the renewal and stands: %i in a transaction', async (count) => {
    const claims = await claimed(count);
    let marked: Promise<void> | undefined;
    await test.database.transaction(async (renewal) => {
      await renewClaims(renewal, claims.slice(-1), 30_000);
      marked = mark(claims);
      marked.catch(() => undefined);
      await until(waiting, 'the mark waits for the renewal');
    });
    await marked;
    expect(await states()).toEqual(claims.map(() => 'done'));
  });

  it.each([1, 3])(
    'a mark is refused where somebody else has taken the claim meanwhile: %i in a transaction',
    async (count) => {
      const claims = await claimed(count);
      let marked: Promise<void> | undefined;
      await test.database.transaction(async (other) => {
        await other.query('update inbox set claimed_by = gen_random_uuid() where position = $1', [
          claims.at(-1)?.fact.position,
        ]);
        marked = mark(claims);
        marked.catch(() => undefined);
        await until(waiting, 'the mark waits for the other');
      });
      await expect(marked).rejects.toThrow(ClaimLost);
      expect(await states()).toEqual(claims.map(() => 'waiting'));
    },
  );
});
