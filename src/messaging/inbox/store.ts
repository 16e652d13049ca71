import { unseen } from '../../persistence/kept-plan.js';
import type { Database } from '../../persistence/database.js';
import type { RecoveryKey } from '../contracts/recovery-key.js';
import type { IncomingMessage } from '../transport/transport.js';
import { unclaimedUntil } from './claims.js';
import { conflicting, prepare, unreadable, type InboxRow } from './prepare.js';
import type { OpenedFacts } from './opened-facts.js';
import { openMessages } from './seals.js';

/** What became of a batch. */
export type StoreOutcome = {
  readonly stored: number;
  /** Known already, with the same content. */
  readonly repeated: number;
  /** Known already, with other content: dead letters. */
  readonly conflicting: number;
  /** Not fit for their schema: dead letters. */
  readonly invalid: number;
};

/** Where the next message of a partition is, as the database knows it. */
export type Reached = { readonly topic: string; readonly partition: number; readonly next: number };

const insert = `
  insert into inbox
    (event_id, topic, person_key, content_hash, received_at, state, next_attempt_at, claimed_until, cause, owner, envelope)
  select event_id, topic, person_key, content_hash, $1, state, clock_timestamp(), ${unclaimedUntil}, cause, owner, envelope
  from unnest(${unseen('$2::text[]', '$3::text[]', '$4::text[]', '$5::text[]', '$6::text[]', '$7::text[]', '$8::text[]', '$9::jsonb[]')})
    with ordinality as row (event_id, topic, person_key, content_hash, state, cause, owner, envelope, place)
  order by place
  on conflict (event_id) do nothing
  returning event_id`;

/** As `insert`, and how far the partition is taken, in the same commit. */
const insertReaching = `
  with reached as (
    insert into intake_offset as known (topic, partition, next) values ($10, $11, $12)
    on conflict (topic, partition) do update set next = greatest(known.next, excluded.next)
  ) ${insert}`;

/**
 * Stores a batch, in its order, in one statement and one commit; known event ids are passed over. Rejects when the
 * database does; then nothing or all of it is there, and the same batch can come again.
 * @param reached where the partition goes on; kept in the commit of the facts
 * @param opened is told what was opened
 */
export async function storeFacts(
  database: Database,
  batch: readonly Pick<IncomingMessage, 'topic' | 'key' | 'value' | 'headers'>[],
  receivedAt: Date,
  recovery?: RecoveryKey,
  reached?: Reached,
  opened?: OpenedFacts,
): Promise<StoreOutcome> {
  const rows = (await openMessages(database, batch, recovery, opened)).map(prepare);
  const { first, others } = apart(rows);
  const inserted = await insertRows(database, first, receivedAt, reached);
  const known = await contentOf(
    database,
    first.filter((row) => !inserted.has(row.eventId)),
  );
  const contentOfFirst = new Map(first.map((row) => [row.eventId, row.contentHash]));
  const differing = [
    ...others.filter((row) => differs(row, contentOfFirst.get(row.eventId))),
    ...first.filter((row) => known.has(row.eventId) && differs(row, known.get(row.eventId))),
  ].map(conflicting);
  const newlyDiffering = await insertRows(database, differing, receivedAt);
  const newRows = first.filter((row) => inserted.has(row.eventId));
  const invalid = newRows.filter((row) => row.state === 'dead').length;
  return {
    stored: newRows.length - invalid,
    invalid,
    conflicting: newlyDiffering.size,
    repeated: rows.length - newRows.length - newlyDiffering.size,
  };
}

/** What can no longer be read says nothing: its id is known, so it is a repeat. */
function differs({ contentHash }: InboxRow, first: string | undefined): boolean {
  return contentHash !== unreadable && first !== unreadable && contentHash !== first;
}

/** The first of each event id, and the rest. */
function apart(rows: readonly InboxRow[]): { first: readonly InboxRow[]; others: readonly InboxRow[] } {
  const first = new Map<string, InboxRow>();
  const others: InboxRow[] = [];
  for (const row of rows) {
    if (first.has(row.eventId)) others.push(row);
    else first.set(row.eventId, row);
  }
  return { first: [...first.values()], others };
}

async function insertRows(
  database: Database,
  rows: readonly InboxRow[],
  receivedAt: Date,
  reached?: Reached,
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const values = [
    receivedAt,
    rows.map((row) => row.eventId),
    rows.map((row) => row.topic),
    rows.map((row) => row.personKey),
    rows.map((row) => row.contentHash),
    rows.map((row) => row.state),
    rows.map((row) => row.cause),
    rows.map((row) => row.owner),
    rows.map((row) => row.envelope),
  ];
  const answer = await (reached === undefined
    ? database.prepared<{ event_id: string }>('inbox-store', insert, values)
    : database.prepared<{ event_id: string }>('inbox-store-reaching', insertReaching, [
        ...values,
        reached.topic,
        reached.partition,
        reached.next,
      ]));
  return new Set(answer.rows.map((row) => row.event_id));
}

async function contentOf(
  database: Database,
  rows: readonly InboxRow[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const answer = await database.query<{ event_id: string; content_hash: string }>(
    'select event_id, content_hash from inbox where event_id = any($1)',
    [rows.map((row) => row.eventId)],
  );
  return new Map(answer.rows.map((row) => [row.event_id, row.content_hash]));
}
