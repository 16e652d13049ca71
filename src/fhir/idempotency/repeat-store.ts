import type { OperationOutcome } from 'fhir/r4.js';
import type { Sql } from '../../log/log.js';
import type { Uuid } from '../../process/vocabulary.js';
import type { RepeatableRequest } from './idempotency-key.js';

/** The first answer, as it is kept: which version of which resource, or the OperationOutcome of a refusal. */
export type FirstAnswer = {
  readonly status: number;
  readonly resource?: { readonly type: string; readonly id: Uuid; readonly version: number };
  readonly outcome?: OperationOutcome;
  /** Of a refusal: the case it was about, where the request's address does not name it. */
  readonly about?: Uuid;
};

/** A claim: this process may do the work. `at` tells it from a claim that another process took over. */
export type Claim = { readonly request: RepeatableRequest; readonly at: Date };

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'answered'; readonly answer: FirstAnswer }
  | { readonly kind: 'under-way' }
  /** With what the request that has the key was answered, once it was. */
  | { readonly kind: 'other-content'; readonly answer: FirstAnswer | undefined };

/**
 * How long a claim holds, in milliseconds: as long as both registers may take to answer. Whoever has not answered then
 * has most likely died with its process, and its client should not wait for longer; a repeat takes its place. Should the
 * first be alive after all, its transaction is undone (`keepAnswer`), so the work is never done twice.
 */
const claimHolds = 30_000;

type Row = {
  content_hash: string;
  created_at: Date;
  status: number | null;
  resource_type: string | null;
  resource_id: Uuid | null;
  resource_version: number | null;
  outcome: OperationOutcome | null;
};

/** Claims the key before the work, in a transaction of its own, so that a repeat under way sees it. */
export async function claim(sql: Sql, request: RepeatableRequest, now: Date): Promise<ClaimResult> {
  const { rowCount } = await sql.query(
    `insert into idempotency (scope, key, content_hash, created_at) values ($1, $2, $3, $4)
     on conflict (scope, key) do update set created_at = excluded.created_at
       where idempotency.status is null and idempotency.content_hash = excluded.content_hash
         and idempotency.created_at < $5`,
    [request.scope, request.key, request.contentHash, now, new Date(now.getTime() - claimHolds)],
  );
  if (rowCount === 1) return { kind: 'claimed', claim: { request, at: now } };
  const { rows } = await sql.query<Row>(
    `select content_hash, created_at, status, resource_type, resource_id, resource_version, outcome
       from idempotency where scope = $1 and key = $2`,
    [request.scope, request.key],
  );
  const row = rows[0];
  // Gone since: the first one ended without an answer worth keeping, just now.
  if (row === undefined) return { kind: 'under-way' };
  const answer = row.status === null ? undefined : answerIn(row, row.status);
  if (row.content_hash !== request.contentHash) return { kind: 'other-content', answer };
  return answer === undefined ? { kind: 'under-way' } : { kind: 'answered', answer };
}

/**
 * Keeps the first answer, in the transaction of the effect itself.
 *
 * @throws {ClaimLost} when a repeat has taken over; the caller's transaction is undone
 */
export async function keepAnswer(sql: Sql, { request, at }: Claim, answer: FirstAnswer): Promise<void> {
  const { rowCount } = await sql.query(
    `update idempotency set status = $4, resource_type = $5, resource_id = $6, resource_version = $7, outcome = $8
      where scope = $1 and key = $2 and created_at = $3 and status is null`,
    [
      request.scope,
      request.key,
      at,
      answer.status,
      answer.resource?.type ?? (answer.about === undefined ? null : 'CarePlan'),
      answer.resource?.id ?? answer.about ?? null,
      answer.resource?.version ?? null,
      answer.outcome === undefined ? null : JSON.stringify(answer.outcome),
    ],
  );
  if (rowCount !== 1) throw new ClaimLost();
}

/** Gives the key back after a failure that a repeat may cure; nothing was stored. */
export async function release(sql: Sql, { request, at }: Claim): Promise<void> {
  await sql.query(
    'delete from idempotency where scope = $1 and key = $2 and created_at = $3 and status is null',
    [request.scope, request.key, at],
  );
}

/**
 * Forgets answers from before a moment; a repeat after that is a new request. For the timer of the composition: clients
 * retry for minutes, so a week is plenty.
 */
export async function forgetAnswers(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query('delete from idempotency where created_at < $1', [before]);
  return rowCount ?? 0;
}

/** This request took so long that a repeat has taken its place. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

function answerIn(row: Row, status: number): FirstAnswer {
  const { resource_type: type, resource_id: id, resource_version: version, outcome } = row;
  return {
    status,
    ...(type !== null && id !== null && version !== null ? { resource: { type, id, version } } : {}),
    ...(outcome === null ? {} : { outcome }),
    ...(outcome !== null && id !== null ? { about: id } : {}),
  };
}
