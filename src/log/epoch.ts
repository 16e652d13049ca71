import { randomUUID } from 'node:crypto';
import type { SqlConnection } from '../persistence/database.js';

/** A stretch of the log's life within which a sequence number stands for one event. */
export type Epoch = {
  readonly epoch: string;
  /** The last sequence number that the restored log had: those after it are given again. */
  readonly lastSequence: number;
};

/** The epoch that the log is in; undefined when it was never set back. */
export async function currentEpoch(sql: Pick<SqlConnection, 'query'>): Promise<string | undefined> {
  const { rows } = await sql.query<{ epoch: string }>(
    'select epoch from log_epoch order by number desc limit 1',
  );
  return rows[0]?.epoch;
}

/** Begins an epoch: random, because a count would go back with the database. */
export async function beginEpoch(
  sql: Pick<SqlConnection, 'query'>,
  { actor, reason, now }: { readonly actor: string; readonly reason: string; readonly now: Date },
): Promise<Epoch> {
  const { rows } = await sql.query<Epoch>(
    `insert into log_epoch (epoch, since, last_sequence, actor, reason)
     values ($1, $2, coalesce((select max(sequence) from event_sequence), 0), $3, $4)
     returning epoch, last_sequence as "lastSequence"`,
    [randomUUID(), now, actor, reason],
  );
  return rows[0]!;
}

/** Takes back an epoch in which nothing was told yet. */
export async function withdrawEpoch(sql: Pick<SqlConnection, 'query'>, { epoch }: Epoch): Promise<void> {
  await sql.query('delete from log_epoch where epoch = $1', [epoch]);
}
