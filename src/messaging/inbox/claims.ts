import { unseen } from '../../persistence/kept-plan.js';
import { randomUUID } from 'node:crypto';
import { DatabaseError } from 'pg';
import type { BatchStatement, Database, SqlConnection, Transaction } from '../../persistence/database.js';
import type { CloudEvent } from '../contracts/cloud-event.js';
import { isSealed, SealBroken, type SealedEvent } from '../contracts/sealed-event.js';
import type { FactTopicName } from '../contracts/topics.js';
import { ClaimLost, type Fact } from './fact.js';
import type { OpenedFacts } from './opened-facts.js';
import { unreadable } from './prepare.js';
import { destroyKeys } from './seals.js';
import type { FailureOwner } from './failure.js';

/** A fact taken for one attempt. The token fences: it is made again for each claim. */
export type Claim = {
  readonly fact: Fact;
  readonly token: string;
  /** This one counted. */
  readonly attempts: number;
  /** Since the first attempt, in milliseconds. */
  readonly heldMs: number;
  /** Its seal does not open: there is no event. */
  readonly unreadable: boolean;
  /** The attempt before ended without a word: its worker died or was cut off. */
  readonly silent: boolean;
};

type Row = {
  position: number;
  event_id: string;
  topic: FactTopicName;
  envelope: CloudEvent | SealedEvent;
  received_at: Date;
  attempts: number;
  held_ms: number;
  silent: boolean;
  key: Buffer | null;
};

/**
 * Sealed facts are claimed by who can open them alone: a worker of a version before takes what nobody has claimed, or whose claim
 * ran out, and neither is true of a claim that never ends.
 */
export const unclaimedUntil = `case when envelope ? 'sealkey' then 'infinity'::timestamptz end`;

const free = `state = 'waiting' and next_attempt_at <= statement_timestamp()
      and (claimed_until is null or claimed_until < statement_timestamp() or claimed_until = 'infinity')`;

// Of each person only the oldest waiting fact can be claimed, due or not: so later ones wait for it.
const first = `(fact.person_key is null or not exists (
        select from inbox earlier where earlier.state = 'waiting'
          and earlier.person_key = fact.person_key and earlier.position < fact.position))`;

/** How many of the newest facts are looked at: most of a long line may be of persons with older ones before them. */
const newestLookedAt = 200;

const ends = {
  oldest: { next: '>', order: 'next_attempt_at, position', looks: '' },
  newest: { next: '<', order: 'next_attempt_at desc, position desc', looks: `limit ${newestLookedAt}` },
} as const;

/**
 * Walks the line from one end, step by step along its index. Statistics hardly ever know of the line: a plan made while few wait reads
 * and sorts all that wait, and is kept. Of a step that wants one row no plan reads more than that. What was reached is found again by where
 * it lies (ctid): by its position a plan of that time goes through all that wait, for each.
 */
const candidates = (from: keyof typeof ends): string => {
  const { next, order, looks } = ends[from];
  const step = (further = ''): string => `
      select next_attempt_at, position, ctid from inbox
      where state = 'waiting' and next_attempt_at <= statement_timestamp() ${further}
      order by ${order} limit 1`;
  return `line as (
    (${step()})
    union all
    select step.* from line cross join lateral (
      ${step(`and (next_attempt_at, position) ${next} (line.next_attempt_at, line.position)`)}) step
  ), candidate as (
    select fact.ctid, fact.claimed_by from (select ctid from line ${looks}) line
    cross join lateral (
      select ctid, claimed_by from inbox fact where fact.ctid = line.ctid and ${free} and ${first}
      for update skip locked) fact
    limit ${unseen('$1::integer')}
  )`;
};

const claimSql = (from: keyof typeof ends): string => `
  with recursive ${candidates(from)}
  update inbox set claimed_by = $2, claimed_until = clock_timestamp() + $3 * interval '1 ms',
    attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, clock_timestamp())
  -- The same limit once more takes nothing away: the plan expects one row, and looks it up instead of reading the inbox for it.
  from (select * from candidate limit ${unseen('$1::integer')}) candidate where inbox.ctid = candidate.ctid
  returning inbox.position, event_id, topic, envelope, received_at, attempts,
    (extract(epoch from clock_timestamp() - first_attempt_at) * 1000)::float8 as held_ms,
    candidate.claimed_by is not null as silent,
    (select key from sealing_key as k
      where k.event_id = envelope ->> 'id' and k.id = (envelope ->> 'sealkey')::uuid) as key`;

/**
 * Takes up to `most` facts, each for `leaseMs` milliseconds.
 * @param opened what this process opened before
 * @param from which end of the line; of each person the oldest in either case
 */
export async function claimFacts(
  database: Database,
  most: number,
  leaseMs: number,
  opened: OpenedFacts,
  from: keyof typeof ends = 'oldest',
): Promise<readonly Claim[]> {
  const token = randomUUID();
  const { rows } = await database.prepared<Row>(`inbox-claim-${from}`, claimSql(from), [
    most,
    token,
    leaseMs,
  ]);
  rows.sort((a, b) => a.position - b.position);
  return rows.map((row) => {
    const { event, unreadable } = eventOf(row, opened);
    return {
      token,
      unreadable,
      attempts: row.attempts,
      heldMs: row.held_ms,
      silent: row.silent,
      fact: {
        position: row.position,
        eventId: row.event_id,
        topic: row.topic,
        event,
        receivedAt: row.received_at.toISOString(),
      },
    };
  });
}

/** The event, opened; without data where its seal does not open. */
function eventOf(
  { envelope, key }: Row,
  opened: OpenedFacts,
): { readonly event: CloudEvent; readonly unreadable: boolean } {
  if (!isSealed(envelope)) return { event: envelope, unreadable: false };
  const { sealkey: _key, sealrecovery: _wrapped, data_base64: _sealed, ...rest } = envelope;
  const without: CloudEvent = { ...rest, datacontenttype: 'application/json', data: undefined };
  if (key === null) return { event: without, unreadable: true };
  try {
    return { event: opened.open(envelope, key), unreadable: false };
  } catch (error) {
    if (error instanceof SealBroken) return { event: without, unreadable: true };
    throw error;
  }
}

const held = `position = $1 and claimed_by = $2 and state = 'waiting'`;

/** Keeps the claims that are still held for another `leaseMs` milliseconds. One that is marked just now is passed over: it ends. */
export async function renewClaims(
  sql: SqlConnection,
  claims: readonly Claim[],
  leaseMs: number,
): Promise<void> {
  await sql.query(
    `update inbox set claimed_until = clock_timestamp() + $3 * interval '1 ms'
     where position in (
       select inbox.position from unnest($1::bigint[], $2::uuid[]) claim (position, token)
         join inbox on inbox.position = claim.position and claimed_by = claim.token and state = 'waiting'
       for update of inbox skip locked)`,
    [claims.map(({ fact }) => fact.position), claims.map(({ token }) => token), leaseMs],
  );
}

type Done = {
  readonly claim: Claim;
  readonly outcome: string;
  readonly keepPayload: boolean;
  readonly keepRecording: boolean;
  readonly at: Date;
};

/** division_by_zero: how the statement fails where a claim is no longer held. */
const notHeld = '22012';

const marks: BatchStatement<Done, void> = async (sql, done) => {
  const positions = done.map(({ claim }) => claim.fact.position);
  const tokens = done.map(({ claim }) => claim.token);
  // A statement of its own, in the same round trip: a row that is renewed just now is waited for, and a statement does not see what is
  // committed after it began. The next one does, and needs no lock of its own.
  const locked = sql.prepared(
    'inbox-hold',
    // Each row is looked up by its position, whatever plan was made while the inbox was small.
    `select from unnest(${unseen('$1::bigint[]', '$2::uuid[]')}) as done (position, token)
     cross join lateral (
       select from inbox where inbox.position = done.position and claimed_by = token and state = 'waiting'
       for update) as row`,
    [positions, tokens],
  );
  const marked = sql.prepared(
    'inbox-done',
    `with held as (
       select ctid, done.* from unnest(${unseen('$1::bigint[]', '$2::uuid[]', '$3::text[]', '$4::timestamptz[]', '$5::boolean[]', '$6::boolean[]')})
         as done (position, token, outcome, at, keeps_payload, keeps_recording)
       cross join lateral (
         select inbox.ctid from inbox where inbox.position = done.position and claimed_by = token and state = 'waiting') as row
     ), marked as (
       update inbox set state = 'done', outcome = held.outcome, ended_at = held.at,
         envelope = case when keeps_payload then envelope end,
         content_hash = case when keeps_recording then content_hash else '${unreadable}' end,
         claimed_by = null, claimed_until = null, cause = null, owner = null
       from held where inbox.ctid = held.ctid
       returning 1)
     select 1 / (count(*) = cardinality($1))::integer from marked`,
    [
      positions,
      tokens,
      done.map(({ outcome }) => outcome),
      done.map(({ at }) => at),
      done.map(({ keepPayload }) => keepPayload),
      done.map(({ keepRecording }) => keepRecording),
    ],
  );
  try {
    await Promise.all([locked, marked]);
  } catch (error) {
    throw error instanceof DatabaseError && error.code === notHeld ? new ClaimLost() : error;
  }
  return [];
};

/** Done, in the caller's transaction, which fails with ClaimLost when the claim is no longer held. */
export async function markDone(sql: Transaction, done: Done): Promise<void> {
  sql.beforeCommit(marks, done);
  const { eventId } = done.claim.fact;
  if (!done.keepPayload) await destroyKeys(sql, [eventId]);
  // Where nothing may be kept of the person, neither may the message as it came, nor a hash that guesses could be held against.
  if (!done.keepRecording) await sql.query(`delete from connector_recording where event_id = $1`, [eventId]);
}

/** Back into the waiting room until `afterMs` milliseconds have passed. Nothing happens when the claim was lost. */
export async function retryLater(
  database: Database,
  claim: Claim,
  why: { readonly cause: string; readonly owner: FailureOwner },
  afterMs: number,
): Promise<void> {
  await database.query(
    `update inbox set next_attempt_at = clock_timestamp() + $3 * interval '1 ms', cause = $4, owner = $5,
       claimed_by = null, claimed_until = ${unclaimedUntil}
     where ${held}`,
    [claim.fact.position, claim.token, afterMs, why.cause, why.owner],
  );
}

/** A dead letter: out of its person's line. Nothing happens when the claim was lost. */
export async function bury(
  database: Database,
  claim: Claim,
  why: { readonly cause: string; readonly owner: FailureOwner },
): Promise<void> {
  await database.query(
    `update inbox set state = 'dead', cause = $3, owner = $4, claimed_by = null, claimed_until = null where ${held}`,
    [claim.fact.position, claim.token, why.cause, why.owner],
  );
}
