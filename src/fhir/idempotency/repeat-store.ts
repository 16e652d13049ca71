import type { OperationOutcome } from 'fhir/r4.js';
import { DatabaseError } from 'pg';
import type { Sql } from '../../log/log.js';
import type { Uuid } from '../../process/vocabulary.js';
import type { RepeatableRequest } from './idempotency-key.js';

/** The first answer, as it is kept: which version of which resource, or the OperationOutcome of a fault or rejection. */
export type FirstAnswer = {
  readonly status: number;
  readonly resource?: { readonly type: string; readonly id: Uuid; readonly version: number };
  readonly outcome?: OperationOutcome;
  /** Of a fault or rejection: the case it was about, where the request's address does not name it. */
  readonly about?: Uuid;
};

/** What the database has under a key. */
export type Kept =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'answered'; readonly answer: FirstAnswer }
  /** Another process works on it. */
  | { readonly kind: 'under-way' }
  /** With what the request that has the key was answered, once it was. */
  | { readonly kind: 'other-content'; readonly answer: FirstAnswer | undefined };

/** Where an answer is kept: in the transaction of the effect, or by itself where there is none. */
export type Keeping = { readonly sql: Sql; readonly later?: (answer: Promise<unknown>) => void };

/** Versions before this one claim a key before the work, without a status; a claim of theirs holds so long, in milliseconds. */
const claimHolds = 30_000;

type Row = {
  scope: string;
  key: string;
  content_hash: string;
  created_at: Date;
  status: number | null;
  resource_type: string | null;
  resource_id: Uuid | null;
  resource_version: number | null;
  outcome: OperationOutcome | null;
};

/** What is kept under the key of a request. A claim whose process died is taken away. */
export async function keptAnswer(sql: Sql, request: RepeatableRequest, now: Date): Promise<Kept> {
  const { scope, earlierScope, key, earlierKey } = request;
  const { rows } = await sql.prepared<Row>(
    'kept-answer',
    `select scope, key, content_hash, created_at, status, resource_type, resource_id, resource_version, outcome
       from idempotency where scope in ($1, $3) and key in ($2, $4)
       order by scope = $1 desc, key = $2 desc limit 1`,
    [scope, key, earlierScope, earlierKey],
  );
  const row = rows[0];
  if (row === undefined) return { kind: 'nothing' };
  const answer = row.status === null ? undefined : answerIn(row, row.status);
  if (row.content_hash !== request.contentHash && row.content_hash !== request.earlierContentHash())
    return { kind: 'other-content', answer };
  if (answer !== undefined) return { kind: 'answered', answer };
  if (now.getTime() - row.created_at.getTime() < claimHolds) return { kind: 'under-way' };
  await sql.query(
    'delete from idempotency where scope = $1 and key = $2 and created_at < $3 and status is null',
    [row.scope, row.key, new Date(now.getTime() - claimHolds)],
  );
  return { kind: 'nothing' };
}

/**
 * Keeps the first answer, in the transaction of the effect itself where there is one: its statement goes out with the commit. Where a version
 * before this one kept an answer, the row is put in its place, so that the database refuses it there too.
 *
 * @throws {AnsweredBefore} when the key has an answer; the caller's transaction is undone
 */
export async function keepAnswer(
  { sql, later }: Keeping,
  request: RepeatableRequest,
  answer: FirstAnswer,
  now: Date,
): Promise<void> {
  const kept = insert(sql, request, answer, now);
  if (later === undefined) await kept;
  else later(kept);
}

/** Of an answer that a version before this one kept, or this one. */
const earlier = (column: 'scope' | 'key'): string =>
  `(select ${column} from idempotency where scope in ($1, $10) and key in ($2, $11) order by scope, key limit 1)`;

async function insert(sql: Sql, request: RepeatableRequest, answer: FirstAnswer, now: Date): Promise<void> {
  try {
    await sql.prepared(
      'keep-answer',
      `insert into idempotency
         (scope, key, content_hash, created_at, status, resource_type, resource_id, resource_version, outcome)
       values (coalesce(${earlier('scope')}, $1), coalesce(${earlier('key')}, $2), $3, $4, $5, $6, $7, $8, $9)`,
      [
        request.scope,
        request.key,
        request.contentHash,
        now,
        answer.status,
        answer.resource?.type ?? (answer.about === undefined ? null : 'CarePlan'),
        answer.resource?.id ?? answer.about ?? null,
        answer.resource?.version ?? null,
        answer.outcome === undefined ? null : JSON.stringify(answer.outcome),
        request.earlierScope,
        request.earlierKey,
      ],
    );
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === 'idempotency_pkey')
      throw new AnsweredBefore({ cause: error });
    throw error;
  }
}

/**
 * Forgets answers from before a moment; a repeat after that is a new request. For the timer of the composition: clients
 * retry for minutes, so a week is plenty.
 */
export async function forgetAnswers(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query('delete from idempotency where created_at < $1', [before]);
  return rowCount ?? 0;
}

/** A request with the same key was answered while this one was under way. */
export class AnsweredBefore extends Error {
  override readonly name = 'AnsweredBefore';

  constructor(options?: ErrorOptions) {
    super('the key has an answer', options);
  }
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
