import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Database } from '../../../src/persistence/database.js';

/** As the hub does while senders press: so often receipts go on, and so many of their facts are dealt with in a second. */
const publishEveryMs = 500;
const dealEveryMs = 100;
const dealtAtATime = 4;

const publish = `with waiting as (
    update receipt set published = true where number in (select number from receipt where not published order by number limit 1000)
    returning number, event_id, message)
  insert into topic select number, event_id, message from waiting`;

const takeIn = `insert into arrived select number, event_id, message from topic where number > $1 on conflict do nothing`;

/** Event, folded state, resource with version, and two grants: in size as those of an A01. */
const deal = `with fact as (
    update arrived set done = true where number = (select min(number) from arrived where not done) returning number, event_id),
  told as (insert into told select event_id, gen_random_uuid(), $1 from fact),
  shown as (insert into shown select gen_random_uuid(), 1, $1, event_id from fact returning id),
  versioned as (insert into versioned select id, 1, $1 from shown)
  insert into granted select id, unit from shown, unnest(array['a', 'b']) as unit`;

/**
 * Starts the least program that keeps the promises of an A01: in a thread of its own it seals each fact under a key of its own, stores it with that
 * key and the message as it came, sealed, in the order of arrival, in one commit for those that come together, and answers. Beside that
 * facts go on to a topic, into an inbox, and to what is shown of them, as many as the hub deals with while senders press.
 * @param database empty
 */
export async function startKeepingReceiver(database: Database) {
  const worker = new Worker(new URL('./keeping-receiver-worker.ts', import.meta.url), {
    workerData: { url: database.options.url },
  });
  const [port] = (await once(worker, 'message')) as [number];
  await database.query(`
    create table topic (number bigint primary key, event_id text, message text);
    create table arrived (number bigint primary key, event_id text unique, message text, done boolean not null default false);
    create index on arrived (number) where not done;
    create table told (event_id text, id uuid primary key, data text);
    create table shown (id uuid primary key, version integer, content text, about text);
    create index on shown (about);
    create table versioned (id uuid, version integer, content text, primary key (id, version));
    create table granted (id uuid, unit text, primary key (id, unit))`);
  const ending = new AbortController();
  const every = async (milliseconds: number, work: () => Promise<unknown>): Promise<void> => {
    while (!ending.signal.aborted) {
      await work();
      await wait(milliseconds, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  let upTo = 0;
  const publishing = every(publishEveryMs, async () => {
    await database.prepared('publish', publish, []);
    await database.prepared('take-in', takeIn, [upTo]);
    const { rows } = await database.query<{ last: number }>(
      'select coalesce(max(number), 0) as last from arrived',
    );
    upTo = rows[0]?.last ?? upTo;
  });
  const content = 'x'.repeat(1_200);
  const dealing = every(dealEveryMs, async () => {
    for (let one = 0; one < dealtAtATime; one += 1) await database.prepared('deal', deal, [content]);
  });
  return {
    host: '127.0.0.1',
    port,
    async stop(): Promise<void> {
      ending.abort();
      await Promise.all([publishing, dealing]);
      await worker.terminate();
    },
  };
}
