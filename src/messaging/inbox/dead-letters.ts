import type { Database, SqlConnection } from '../../persistence/database.js';
import type { FailureOwner } from './failure.js';
import { reasonHoldsPersonalNumber } from '../contracts/personal-number-in-reason.js';
import { unclaimedUntil } from './claims.js';
import { originalOf, prepare } from './prepare.js';
import { openMessages } from './seals.js';

/** A fact that needs a person's decision. Never personal data: the payload is not shown. */
export type DeadLetter = {
  readonly position: number;
  readonly eventId: string;
  readonly topic: string;
  readonly receivedAt: string;
  readonly attempts: number;
  readonly cause: string;
  /** Who has to mend it. */
  readonly owner: FailureOwner;
};

/** Who decided, and why. Kept with the decision; neither may hold personal data. */
export type Decision = { readonly actor: string; readonly reason: string };

/** A decision that cannot be carried out. */
export class DecisionRefused extends Error {
  override readonly name = 'DecisionRefused';
}

type Row = Omit<DeadLetter, 'receivedAt'> & { receivedAt: Date };

/** The dead letters, oldest first, after the position given, at most `limit`. */
export async function listDeadLetters(
  sql: SqlConnection,
  { after = 0, limit = 100 }: { readonly after?: number; readonly limit?: number } = {},
): Promise<readonly DeadLetter[]> {
  const { rows } = await sql.query<Row>(
    `select position, event_id as "eventId", topic, received_at as "receivedAt", attempts, cause, owner
     from inbox where state = 'dead' and position > $1 order by position limit $2`,
    [after, limit],
  );
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
}

/**
 * Lets a dead letter try again, in its old place in its person's line. One that did not fit its schema is checked
 * again, as the schema is now.
 * @throws DecisionRefused when there is no such dead letter, its payload is gone, or it still does not fit
 */
export async function replayDeadLetter(
  database: Database,
  position: number,
  decision: Decision,
): Promise<void> {
  checkDecision(decision);
  await database.transaction(async (sql) => {
    const { topic, envelope } = await lockDeadLetter(sql, position);
    if (envelope === null) throw new DecisionRefused(`the payload of dead letter ${position} is gone`);
    await mendUnusable(sql, position, topic, envelope);
    await sql.query(
      `update inbox set state = 'waiting', attempts = 0, first_attempt_at = null, cause = null, owner = null,
         next_attempt_at = clock_timestamp(), claimed_until = ${unclaimedUntil} where position = $1`,
      [position],
    );
    await note(sql, position, 'replay', decision);
  });
}

/**
 * Ends a dead letter for good; its payload is dropped with those of facts that are done.
 * @throws DecisionRefused when there is no such dead letter
 */
export async function discardDeadLetter(
  database: Database,
  position: number,
  decision: Decision,
  now = new Date(),
): Promise<void> {
  checkDecision(decision);
  await database.transaction(async (sql) => {
    await lockDeadLetter(sql, position);
    await sql.query(
      `update inbox set state = 'discarded', outcome = 'discarded', ended_at = $2 where position = $1`,
      [position, now],
    );
    await note(sql, position, 'discard', decision);
  });
}

async function lockDeadLetter(
  sql: SqlConnection,
  position: number,
): Promise<{ topic: string; envelope: unknown }> {
  const { rows } = await sql.query<{ topic: string; envelope: unknown }>(
    `select topic, envelope from inbox where position = $1 and state = 'dead' for update`,
    [position],
  );
  if (rows[0] === undefined) throw new DecisionRefused(`there is no dead letter ${position}`);
  return rows[0];
}

/** The row of a message that did not fit its schema becomes what it would have been from the start. */
async function mendUnusable(
  sql: SqlConnection,
  position: number,
  topic: string,
  envelope: unknown,
): Promise<void> {
  const original = originalOf(topic, envelope);
  if (original === undefined) return;
  const [opened = original] = await openMessages(sql, [original]);
  const row = prepare(opened);
  if (row.state === 'dead')
    throw new DecisionRefused(`dead letter ${position} still cannot be used: ${row.cause}`);
  const { rows } = await sql.query('select from inbox where event_id = $1', [row.eventId]);
  if (rows.length > 0)
    throw new DecisionRefused(`the event of dead letter ${position} came again since: discard it`);
  await sql.query(
    `update inbox set event_id = $2, person_key = $3, content_hash = $4, envelope = $5, topic = $6
     where position = $1`,
    [position, row.eventId, row.personKey, row.contentHash, row.envelope, row.topic],
  );
}

async function note(
  sql: SqlConnection,
  position: number,
  action: 'replay' | 'discard',
  { actor, reason }: Decision,
): Promise<void> {
  await sql.query(
    `insert into inbox_decision (position, decided_at, action, actor, reason)
     values ($1, clock_timestamp(), $2, $3, $4)`,
    [position, action, actor, reason.trim()],
  );
}

function checkDecision({ actor, reason }: Decision): void {
  if (reason.trim() === '') throw new DecisionRefused('a decision needs a reason');
  if (reasonHoldsPersonalNumber(actor))
    throw new DecisionRefused('who decides is named by a personal number: use an account that is not');
  if (reasonHoldsPersonalNumber(reason))
    throw new DecisionRefused('a reason must not hold a personal number');
}
