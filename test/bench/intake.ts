import { Client } from 'pg';
import { prepare } from '../../src/messaging/inbox/prepare.js';
import { storeFacts } from '../../src/messaging/inbox/store.js';
import type { IncomingMessage } from '../../src/messaging/transport/transport.js';
import { stayMessage } from '../messaging/facts.js';
import { atLeast, rate, ratioOf, type BenchContext, type Figure, type Measure } from './harness/measure.js';
import { interleaved, median } from './harness/statistics.js';

const batches = [1, 10, 100, 500] as const;
const aim = 0.5;

/** Facts taken into the inbox, as the intake does with each batch that its transport hands over. */
export const intake: Measure = {
  name: 'intake',
  title: 'Facts into the inbox',
  setting: () =>
    'Stay facts of 50 persons, batches of 1 to 500 as a transport hands them over, one writer, one commit for each batch. Subject: checked against the schema, hashed, repeats told apart, stored. Floor: one prepared statement with the finished rows, in as many commits.',
  run,
};

async function run({ server, pace }: BenchContext): Promise<readonly Figure[]> {
  const store = await server.createDatabase();
  const bare = new Client({ connectionString: store.url });
  await bare.connect();
  try {
    const figures: Figure[] = [];
    for (const size of batches) {
      const side = (write: (batch: Batch) => Promise<unknown>) => async () => {
        await store.database.query('truncate inbox');
        return perSecond(size, pace.milliseconds / 4, write);
      };
      const results = await interleaved(pace.rounds, {
        subject: side(({ messages }) => storeFacts(store.database, messages, new Date())),
        floor: side(({ rows }) => writeBare(bare, rows)),
      });
      const [subject, floor] = [median(results.subject), median(results.floor)];
      const ratio = ratioOf(subject, floor);
      const of = size === 1 ? 'one fact a commit' : `${size} facts a commit`;
      figures.push({ of, subject: rate(subject), floor: rate(floor), ratio, aim: atLeast(aim, ratio) });
    }
    return figures;
  } finally {
    await bare.end();
    await store.drop();
  }
}

type Batch = { readonly messages: readonly IncomingMessage[]; readonly rows: readonly unknown[] };

/** Facts a second of one writer that goes on for some time. What makes the facts is outside the clock. */
async function perSecond(
  size: number,
  milliseconds: number,
  write: (batch: Batch) => Promise<unknown>,
): Promise<number> {
  let spent = 0;
  let count = 0;
  while (spent < milliseconds) {
    const messages = Array.from({ length: size }, (_, place) => stayMessage(`p${place % 50}`, count + place));
    const batch = { messages, rows: columnsOf(messages) };
    const started = performance.now();
    await write(batch);
    spent += performance.now() - started;
    count += size;
  }
  return (count * 1000) / spent;
}

async function writeBare(client: Client, columns: readonly unknown[]): Promise<void> {
  await client.query({
    name: 'bare',
    text: `insert into inbox (event_id, topic, person_key, content_hash, received_at, state, next_attempt_at, envelope)
           select a, b, c, d, now(), 'waiting', now(), e
           from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) row (a, b, c, d, e)`,
    values: [...columns],
  });
}

/** The finished rows, column by column. */
function columnsOf(messages: readonly IncomingMessage[]): readonly unknown[] {
  const rows = messages.map(prepare);
  return [
    rows.map((row) => row.eventId),
    rows.map((row) => row.topic),
    rows.map((row) => row.personKey),
    rows.map((row) => row.contentHash),
    rows.map((row) => row.envelope),
  ];
}
