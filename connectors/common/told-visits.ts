import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import { keyOf, type PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { given } from './given.js';
import type { Receipt } from './receipt.js';
import { twoYears } from './two-years.js';

const keptBytes = 16;

/**
 * What is kept of a visit that was told as a stay: 16 bytes of a keyed hash (decision 58), for its number may be a person's. Nothing of whose
 * it is.
 * @param source the sender as a URN
 */
export function visitKey(secret: PersonKeySecret, source: string, visit: string): Buffer {
  return createHmac('sha256', keyOf(secret))
    .update(JSON.stringify(['told visit', source, visit]))
    .digest()
    .subarray(0, keptBytes);
}

/**
 * Keeps the visits of the receipts that were `stored`, in their statement. One that was told within a day is not written again. In order, so
 * that two processes that keep the same ones do not wait for each other.
 * @param alone as of `given`
 * @param place of the visits among the parameters
 */
export const visitsKept = (alone: boolean, place: number): string => `visits as (
      insert into told_visit (visit, told_at)
      select distinct visit, $7::timestamptz
      from ${given(alone, { sender: '$2::text', control_id: '$3::text', visit: `$${place}::bytea` })}
        join stored using (sender, control_id)
      where visit is not null and not exists (
        select from told_visit as known
        where known.visit = given.visit and known.told_at > $7::timestamptz - interval '1 day')
      order by visit
      on conflict (visit) do update set told_at = excluded.told_at)`;

/** The value of that parameter; undefined where none of the receipts tells of a visit. */
export function visitsOf(receipts: readonly Receipt[]): readonly (Buffer | null)[] | undefined {
  return receipts.some(({ visit }) => visit !== undefined)
    ? receipts.map(({ visit }) => visit ?? null)
    : undefined;
}

/** Whether a visit was told as a stay within two years. @throws the database's error */
export async function isTold(pool: Pool, visit: Buffer): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'told-visit',
    text: 'select from told_visit where visit = $1',
    values: [visit],
  });
  return rowCount === 1;
}

/** Forgets visits of which nothing was told for two years. Bounded as `ReceiptStore.forget`. */
export async function forgetVisits(pool: Pool, now: Date, limit: number): Promise<void> {
  await pool.query(
    `delete from told_visit where visit in (select visit from told_visit where told_at < $1 limit $2)`,
    [new Date(now.getTime() - twoYears), limit],
  );
}
