import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { storeFacts } from '../../src/messaging/inbox/store.js';
import { prepare } from '../../src/messaging/inbox/prepare.js';
import type { IncomingMessage, Transport } from '../../src/messaging/transport/transport.js';
import { Database } from '../../src/persistence/database.js';
import { stayMessage } from '../messaging/facts.js';

/** Facts a second, into the inbox and as the same rows written by bare pg in as many commits. */
export type IntakeFigures = { readonly batch: number; readonly inbox: number; readonly barePg: number };

/** Latencies from append to handler, in milliseconds. */
export type LatencyFigures = { readonly perSecond: number; readonly p50: number; readonly p99: number };

const factsPerRun = 4000;
const runs = 5;

/** Medians of interleaved runs, one writer, at several facts a commit. The inbox's tables are emptied. */
export async function measureIntake(url: string): Promise<readonly IntakeFigures[]> {
  const database = new Database({ url });
  const bare = new Client({ connectionString: url });
  await bare.connect();
  const figures: IntakeFigures[] = [];
  try {
    for (const batch of [1, 10, 100, 500]) {
      const count = batch === 1 ? factsPerRun / 4 : factsPerRun;
      const ours: number[] = [];
      const floor: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        await database.query('truncate inbox');
        ours.push(await perSecond(count, batch, (facts) => storeFacts(database, facts, new Date())));
        await database.query('truncate inbox');
        floor.push(await perSecond(count, batch, (facts) => writeBare(bare, facts)));
      }
      figures.push({ batch, inbox: median(ours), barePg: median(floor) });
    }
  } finally {
    await bare.end();
    await database.close();
  }
  return figures;
}

/** Appends at a steady rate for some seconds and notes when each message reaches a handler. */
export async function measureLatency(
  transport: Transport,
  perSecond: number,
  seconds = 10,
): Promise<LatencyFigures> {
  const topic = factTopics.stay;
  await transport.ensureTopics([topic]);
  const sent = new Map<string, number>();
  const took: number[] = [];
  const subscription = await transport.subscribe({
    group: randomUUID(),
    topics: [topic],
    handle: (batch) => {
      for (const { key } of batch) if (sent.has(key)) took.push(performance.now() - sent.get(key)!);
      return Promise.resolve();
    },
  });
  const send = async () => {
    const key = randomUUID();
    sent.set(key, performance.now());
    await transport.append(topic, [{ ...stayMessage('p', 1), key }]);
  };
  while (took.length === 0) await send(); // Warm: the group has its partitions.
  sent.clear();
  took.length = 0;
  const total = perSecond * seconds;
  const start = performance.now();
  const sending: Promise<void>[] = [];
  while (sending.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * perSecond));
    while (sending.length < due) sending.push(send());
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(sending);
  while (took.length < total) await new Promise((resolve) => setTimeout(resolve, 5));
  await subscription.stop();
  took.sort((a, b) => a - b);
  return { perSecond, p50: at(took, 0.5), p99: at(took, 0.99) };
}

async function perSecond(
  count: number,
  batch: number,
  write: (facts: readonly IncomingMessage[]) => Promise<unknown>,
): Promise<number> {
  const batches = Array.from({ length: count / batch }, (_, b) =>
    Array.from({ length: batch }, (_, n) => stayMessage(`p${n % 50}-${b}`, n)),
  );
  for (const facts of batches) rowsOf.set(facts, bareRows(facts)); // Outside the clock: the floor only writes.
  const start = performance.now();
  for (const facts of batches) await write(facts);
  return Math.round(count / ((performance.now() - start) / 1000));
}

const rowsOf = new WeakMap<readonly IncomingMessage[], readonly (readonly unknown[])[]>();

/** The least that could be done: finished rows, one prepared statement, one commit. */
async function writeBare(client: Client, facts: readonly IncomingMessage[]): Promise<void> {
  const rows = rowsOf.get(facts) ?? [];
  await client.query({
    name: 'bare',
    text: `insert into inbox (event_id, topic, person_key, content_hash, received_at, state, next_attempt_at, envelope)
           select a, b, c, d, now(), 'waiting', now(), e
           from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) row (a, b, c, d, e)`,
    values: [...rows],
  });
}

function bareRows(facts: readonly IncomingMessage[]): readonly (readonly unknown[])[] {
  const rows = facts.map(prepare);
  return [
    rows.map((row) => row.eventId),
    rows.map((row) => row.topic),
    rows.map((row) => row.personKey),
    rows.map((row) => row.contentHash),
    rows.map((row) => row.envelope),
  ];
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const at = (sorted: readonly number[], share: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
