import { claimFacts } from '../../src/messaging/inbox/claims.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { OpenedFacts } from '../../src/messaging/inbox/opened-facts.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { stayMessage } from './facts.js';

const [persons, each] = [50, 60];

describe('claiming from a long line', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  /** Rows of the inbox that were read in some way, by whoever, until now. */
  const rowsRead = async (): Promise<number> => {
    await test.database.query('select pg_stat_force_next_flush()');
    const { rows } = await test.database.query<{ read: number }>(
      `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read
       from pg_stat_user_tables where relname = 'inbox'`,
    );
    return rows[0]?.read ?? 0;
  };
  const claim = (from: 'oldest' | 'newest') => claimFacts(test.database, 1, 30_000, new OpenedFacts(), from);

  /** Facts of each of these persons, none of them dealt with. */
  const putInLine = async (persons: number, each: number, name: string): Promise<void> => {
    const inbox = new Inbox(test.database);
    for (let fact = 0; fact < each; fact += 1)
      await inbox.take(Array.from({ length: persons }, (_, person) => stayMessage(`${name}${person}`, fact)));
  };

  it('what a claim reads does not grow with the line, by plans that were made while little waited too', async () => {
    await putInLine(500, 1, 'before');
    // So often that the connection keeps its plan.
    for (let times = 0; times < 10; times += 1)
      for (const from of ['oldest', 'newest'] as const) await claim(from);
    await test.database.query(`update inbox set state = 'done', ended_at = now()`);
    await putInLine(persons, each, 'person');

    const before = await rowsRead();
    expect(await claim('oldest')).toHaveLength(1);
    const afterOldest = await rowsRead();
    expect(await claim('newest')).toHaveLength(0);
    const afterNewest = await rowsRead();

    expect(afterOldest - before).toBeLessThan(50);
    // Some two hundred of the newest, each with one look for an older one of the same person.
    expect(afterNewest - afterOldest).toBeLessThan(persons * each * 0.4);
  });
});
