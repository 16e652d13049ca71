import { Pool } from 'pg';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import type { IncomingMessage } from '../../src/messaging/transport/transport.js';
import { bareAppend, type AppendedRows } from './bare-append.js';
import { atLeast, rate, ratioOf, type BenchContext, type Figure, type Measure } from './harness/measure.js';
import { interleaved, median } from './harness/statistics.js';
import { testNumbers } from './hub/persons.js';
import { rowsOfFacts } from './hub/rows-of-stay.js';
import { admissionFacts, batch, batches, concurrency, idOf, openWorkerSide } from './hub/worker-side.js';

const persons = 500;
const aim = 0.6;
const factsOf = (quick: boolean) => (quick ? 500 : 2_000);

/** From the transport's batch to the stay's event, its Encounter and the mark on the fact. */
export const processing: Measure = {
  name: 'processing',
  title: 'Facts taken in and dealt with',
  setting: ({ quick }) =>
    `${factsOf(quick)} admissions of ${persons} known persons a round, in batches of ${batch}; ${concurrency} workers. Subject: into the inbox, claimed, person from the cache, person’s locks, decided, stay’s event, folded state, Encounter with version and grants, all in one transaction with the mark on the fact. Floor: bare pg on ${concurrency} connections writing the same rows, one transaction for each fact, after one for each batch.`,
  run,
};

async function run({ server, pace }: BenchContext): Promise<readonly Figure[]> {
  const [store, bare] = [await server.createDatabase(), await server.createDatabase()];
  const pool = new Pool({ connectionString: bare.url, max: concurrency });
  pool.on('error', () => undefined); // A connection that ends with the server.
  const numbers = testNumbers(persons);
  const hub = await openWorkerSide(store.database, numbers);
  const deal = async (messages: readonly IncomingMessage[]): Promise<void> => {
    const done = hub.dealtWith(messages);
    await hub.take(messages);
    await done;
  };
  const count = factsOf(pace.quick);
  let last: readonly IncomingMessage[] = [];
  try {
    hub.start();
    await deal(admissionFacts(numbers, persons)); // Now everybody is known.
    const results = await interleaved(pace.rounds, {
      subject: () => {
        last = admissionFacts(numbers, count);
        return perSecond(count, () => deal(last));
      },
      // The same rows, of the round just before, into a database of its own.
      floor: async () => {
        const rows = await rowsOfFacts(store.database, last.map(idOf));
        if (rows.length !== count) throw new Error(`${rows.length} of ${count} facts became an event`);
        const inbox = new Inbox(bare.database);
        return perSecond(count, async () => {
          for (const part of batches(last)) await inbox.take(part);
          await writeAll(pool, rows);
        });
      },
    });
    const [subject, floor] = [median(results.subject), median(results.floor)];
    const ratio = ratioOf(subject, floor);
    return [{ of: 'facts', subject: rate(subject), floor: rate(floor), ratio, aim: atLeast(aim, ratio) }];
  } finally {
    await hub.stop();
    await pool.end();
    await store.drop();
    await bare.drop();
  }
}

async function writeAll(pool: Pool, rows: readonly AppendedRows[]): Promise<void> {
  const left = rows.values();
  const writers = Array.from({ length: concurrency }, async () => {
    for (const one of left) await bareAppend(pool, one);
  });
  await Promise.all(writers);
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (count * 1000) / (performance.now() - started);
}
