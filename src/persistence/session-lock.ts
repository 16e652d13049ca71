import type { SqlConnection } from './database.js';

/** A holder says something at least this often. Milliseconds. */
const sayEveryMs = 2_000;
/** A holder that has been silent for this long is frozen or cut off, and its session is ended. Seconds. */
const silentSeconds = 8;

/**
 * Takes an advisory lock for this session when it is free. A holder that is frozen, or whose connection was lost without a word, says
 * nothing on its session: then the server ends that session, and the next try takes the lock. So a holder must write on the very session
 * that holds the lock: when it wakes, what it writes there is refused.
 * @returns whether this session holds it now. @throws the database's error
 */
async function takeSessionLock(sql: SqlConnection, key: number): Promise<boolean> {
  const { rows } = await sql.query<{ held: boolean }>('select pg_try_advisory_lock($1::bigint) as held', [
    key,
  ]);
  if (rows[0]?.held === true) return true;
  await sql.query(
    `select end_silent_lock_holder($1::bigint >> 32, $1::bigint, 1::smallint, make_interval(secs => $2))`,
    [key, silentSeconds],
  );
  return false;
}

/**
 * Waits for a lock, and works while this session holds it, heard all the while.
 * @param turn one piece of work, again and again until `over`
 * @param standBy the pause between two tries to take the lock
 */
export async function workUnderLock(
  sql: SqlConnection,
  key: number,
  { over, standBy, turn }: { over: () => boolean; standBy: () => Promise<void>; turn: () => Promise<void> },
): Promise<void> {
  while (!over() && !(await takeSessionLock(sql, key))) await standBy();
  // A session that does not answer is ended by its own limit, and the holder is told.
  const saying = setInterval(() => void sql.query('select 1').catch(() => undefined), sayEveryMs);
  try {
    while (!over()) await turn();
  } finally {
    clearInterval(saying);
  }
}
