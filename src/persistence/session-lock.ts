import { sayEveryMs, takeLock } from '../wire/lock-holder.js';
import type { SqlConnection } from './database.js';

type Session = Pick<SqlConnection, 'query'>;

/**
 * The application name of a session that holds a lock and on which alone is written what the lock allows. A program from before decision
 * 91 holds the locks of rebuild and migration on a session that is silent by design, and works on others: it does not have this name.
 */
export const writesOnLock = 'hemgang-writes-on-lock';

/**
 * Takes an advisory lock for this session when it is free, or its holder is silent (`takeLock`). So a holder must write on the very session
 * that holds the lock: when it wakes, what it writes there is refused.
 * @param mark `writesOnLock` for a lock that an older program holds silently while it works on other sessions: this session bears that
 *   name from now on, and only a holder that bears it is ended; any other is waited for. Absent: every silent holder is ended
 * @returns whether this session holds it now. @throws the database's error
 */
export function takeSessionLock(sql: Session, key: number, mark?: string): Promise<boolean> {
  return takeLock(sql, key, mark);
}

/** Works while this session, which holds a lock, is heard by the server. */
export async function whileHeard<T>(sql: Session, work: () => Promise<T>): Promise<T> {
  let saying = false;
  const timer = setInterval(() => {
    // While a long statement runs the session is not silent, and one word waits behind it.
    if (saying) return;
    saying = true;
    // A session that does not answer is ended by its own limit, and the holder is told.
    sql.query('select 1').then(
      () => (saying = false),
      () => (saying = false),
    );
  }, sayEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Waits for a lock, and works while this session holds it, heard all the while.
 * @param turn one piece of work, again and again until `over`. `stillHeld` asks the session, for what is written elsewhere than on it: it
 *   rejects when the lock is another's by now, and is asked right before each such write
 * @param lost of the session (`Database.session`): asked before each piece of work, so that who rests while its session is ended is told
 * @param standBy the pause between two tries to take the lock
 * @throws why the session was lost, unless it is over by then
 */
export async function workUnderLock(
  sql: SqlConnection,
  key: number,
  {
    lost,
    over,
    standBy,
    turn,
  }: {
    lost: AbortSignal;
    over: () => boolean;
    standBy: () => Promise<void>;
    turn: (stillHeld: () => Promise<void>) => Promise<void>;
  },
): Promise<void> {
  const goesOn = (): boolean => {
    if (over()) return false;
    lost.throwIfAborted();
    return true;
  };
  while (goesOn() && !(await takeSessionLock(sql, key))) await standBy();
  const stillHeld = async (): Promise<void> => void (await sql.query('select 1'));
  await whileHeard(sql, async () => {
    while (goesOn()) await turn(stillHeld);
  });
}
