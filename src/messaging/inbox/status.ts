import type { SqlConnection } from '../../persistence/database.js';
import { removedPrefix } from './removed-facts.js';

/** The waiting room at a glance. */
export type InboxStatus = {
  readonly waiting: number;
  /** Of those waiting: failed at least once. */
  readonly retrying: number;
  /** Dead letters that nobody has decided on. */
  readonly dead: number;
  /** How long the oldest waiting fact has waited, in seconds; 0 when none waits. */
  readonly oldestWaitingSeconds: number;
  /** How long the oldest dead letter has waited for a decision, in seconds; 0 when there is none. */
  readonly oldestDeadSeconds: number;
};

type Row = {
  waiting: number;
  retrying: number;
  dead: number;
  oldest_waiting: Date | null;
  oldest_dead: Date | null;
};

/** What topics lost before it was taken and nobody has looked at yet, as its dead letters put it; at most ten. */
export async function openRemovals(sql: SqlConnection): Promise<readonly string[]> {
  const { rows } = await sql.query<{ topic: string; cause: string }>(
    `select topic, cause from inbox where state = 'dead' and event_id like '${removedPrefix}%' order by position limit 10`,
  );
  return rows.map(({ topic, cause }) => `${topic}: ${cause}`);
}

/** Reads the partial indexes of waiting and dead rows only, so it stays quick however many facts are done. */
export async function inboxStatus(sql: SqlConnection, now: Date): Promise<InboxStatus> {
  const { rows } = await sql.query<Row>(
    `select * from
       (select count(*) as waiting, count(*) filter (where cause is not null) as retrying,
               min(received_at) as oldest_waiting from inbox where state = 'waiting') w,
       (select count(*) as dead, min(received_at) as oldest_dead from inbox where state = 'dead') d`,
  );
  const row = rows[0];
  const secondsSince = (time: Date | null | undefined) =>
    time ? Math.max(0, (now.getTime() - time.getTime()) / 1000) : 0;
  return {
    waiting: row?.waiting ?? 0,
    retrying: row?.retrying ?? 0,
    dead: row?.dead ?? 0,
    oldestWaitingSeconds: secondsSince(row?.oldest_waiting),
    oldestDeadSeconds: secondsSince(row?.oldest_dead),
  };
}
