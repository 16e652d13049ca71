import { randomUUID } from 'node:crypto';
import { createConnectorPool } from '../connectors/common/connector-pool.js';
import { ReceiptStore } from '../connectors/common/receipt-store.js';
import { Recorder } from '../connectors/common/recording/recorder.js';
import { findResources, findVersions } from '../src/access/choke-point.js';
import { PostgresLog } from '../src/log/postgres-log.js';
import { claimFacts, markDone } from '../src/messaging/inbox/claims.js';
import { Inbox } from '../src/messaging/inbox/inbox.js';
import { OpenedFacts } from '../src/messaging/inbox/opened-facts.js';
import { EmbeddedTransport } from '../src/messaging/transport/embedded/embedded.js';
import { Database } from '../src/persistence/database.js';
import { cachedReading, findPersons, rememberIdentity } from '../src/persons/person-store.js';
import { command, errand, origin } from './log/errand.js';
import { stayMessage } from './messaging/facts.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

/** PostgreSQL plans a named statement five times for its values, and weighs then whether one plan for all will do. */
const plannedForValues = 5;
const times = 4 * plannedForValues;
const rows = 2_000;

let store: TestDatabase;
let database: Database;

beforeAll(async () => {
  store = await createTestDatabase();
  database = new Database({ url: store.url, connections: 1 });
  // Enough of everything that few are looked up more cheaply than many.
  await database.query(
    `insert into resource (type, id, version, last_updated, personal, draft, tokens, content)
     select 'CarePlan', gen_random_uuid(), 1, now(), false, false, '{}', '{}' from generate_series(1, $1::integer)`,
    [rows],
  );
  await database.query(
    `insert into stream (id, type, version) select gen_random_uuid(), 'stay', 1 from generate_series(1, $1::integer)`,
    [rows],
  );
  for (let person = 0; person < rows / 10; person++)
    await rememberIdentity(database, `hash ${person}`, randomUUID());
  const inbox = new Inbox(database);
  await inbox.take(Array.from({ length: rows }, (_, fact) => stayMessage(`person${fact}`, fact)));
  await database.query('analyze');
});

afterAll(async () => {
  await database.close();
  await store.drop();
});

/** Named statements that the connection still plans for each call. */
async function plannedAnew(
  ask: (text: string, values: unknown[]) => Promise<{ rows: { name: string }[] }>,
): Promise<readonly string[]> {
  const { rows: found } = await ask(
    'select name from pg_prepared_statements where custom_plans > $1 and custom_plans > generic_plans',
    [plannedForValues],
  );
  return found.map(({ name }) => name);
}

/** An errand of a person of its own, which may share its transaction. */
async function openErrand(log: PostgresLog): Promise<void> {
  const [id, person] = [randomUUID(), randomUUID()];
  await log.transact({ ...origin(`person:${person}`), shared: true }, async (session) => {
    await session.readAhead([id], [person]);
    await session.execute(errand, id, command.open(person));
  });
}

describe('A statement that runs for every fact or request is planned once (decision 69)', () => {
  it('where it reads for callers and claims, stores, finds, appends and marks for facts, however few each time', async () => {
    const inbox = new Inbox(database);
    const log = new PostgresLog({ database });
    const wanted = { type: 'CarePlan', units: ['SE2321000016-W101'] };
    for (let time = 0; time < times; time++) {
      const few = Array.from({ length: 1 + (time % 3) }, () => ({ ...wanted, id: randomUUID() }));
      await findResources(database, few);
      await findVersions(
        database,
        few.map((one) => ({ ...one, version: 1 })),
      );
      await findPersons(database, [`hash ${time}`]);
      await cachedReading(database, `hash ${time}`, 'population');
      await Promise.all(few.map(() => openErrand(log)));
      await inbox.take([stayMessage(`new${time}`, time)]);
      for (const from of ['oldest', 'newest'] as const) {
        const claims = await claimFacts(database, few.length, 30_000, new OpenedFacts(), from);
        const done = { outcome: 'done', keepPayload: true, keepRecording: true, at: new Date() };
        await database.transaction(async (sql) => {
          for (const claim of claims) await markDone(sql, { claim, ...done });
        });
      }
    }
    expect(await plannedAnew((...asked) => database.query(...asked))).toEqual([]);
  });

  it('where it stores, looks for and marks what came in', async () => {
    const pool = createConnectorPool(store.url, 1);
    const recorder = new Recorder({ keyId: 'test', secret: Buffer.alloc(32, 1) }, () => 'hash');
    const personKeys = { keyId: 'test', secret: 'a secret of the tests, 32 bytes or more' };
    const rules = { onOtherContent: 'refuse', personKeys, windowMilliseconds: 60_000 } as const;
    const receipts = new ReceiptStore(pool, 'test', rules, recorder);
    try {
      for (let time = 0; time < times; time++) {
        const { topic, ...message } = stayMessage(`sent${time}`, time);
        const receipt = () => ({
          sender: 'urn:test',
          controlId: randomUUID(),
          contentHash: 'h',
          answer: 'AA',
        });
        for (const together of [1, 2]) {
          const came = Array.from({ length: together }, receipt);
          const raw = Buffer.from('MSH');
          await receipts.store(
            came.map((each) => ({ ...each, topic, message, raw })),
            new Date(),
          );
        }
        await receipts.published((await receipts.waiting(10)).map(({ number }) => number));
      }
      expect(await plannedAnew((...asked) => pool.query(...asked))).toEqual([]);
    } finally {
      await pool.end();
    }
  });

  it('where it appends to a topic', async () => {
    const single = new Database({ url: store.url, connections: 1 });
    const transport = new EmbeddedTransport(single, { partitions: 3, sweepMs: 0 });
    try {
      await transport.ensureTopics(['test']);
      for (let time = 0; time < times; time++) await transport.append('test', [{ key: 'one', value: '{}' }]);
      expect(await plannedAnew((...asked) => single.query(...asked))).toEqual([]);
    } finally {
      await transport.close();
      await single.close();
    }
  });
});
