/** The holder of a lock says something on its session at least this often. Milliseconds. */
export const sayEveryMs = 2_000;

/** A holder that has been silent for this long is frozen or cut off, and its session is ended. Seconds. */
export const silentSeconds = 8;

/**
 * Ends the session that holds an advisory lock and has said nothing for so long, and waits until it is gone. $1 and $2: the two numbers of
 * the lock (of a lock of one number its halves), as 64 bits of which the lower 32 count; $3: 1 for a lock of one number, 2 for one of two,
 * as in pg_locks; $4: `silentSeconds`; $5: the application name that the session must have, null for any. What a session is busy with is
 * not cut short. As a statement, because before the first migration there is no function; `end_silent_lock_holder` is for programs of the
 * versions before.
 */
const endSilentHolder = `
  select coalesce(bool_or(pg_terminate_backend(activity.pid, 2000)), false) as ended
    from pg_locks as held
    join pg_stat_activity as activity on activity.pid = held.pid
   where held.locktype = 'advisory' and held.granted and activity.datname = current_database()
     and held.database = activity.datid
     and held.classid = ($1::bigint & 4294967295)::oid and held.objid = ($2::bigint & 4294967295)::oid
     and held.objsubid = $3::smallint and activity.pid <> pg_backend_pid()
     and activity.state like 'idle%' and activity.state_change < clock_timestamp() - make_interval(secs => $4)
     and ($5::text is null or activity.application_name = $5)`;

/** An advisory lock: one number, or the hashes of two texts. */
export type LockKey = number | { readonly purpose: string; readonly name: string };

/** What a statement is sent on. */
type Session = {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
};

/** Where a lock stands in pg_locks, and whether the session has it now. */
type Tried = {
  readonly held: boolean;
  readonly class: string | number;
  readonly object: string | number;
};

/**
 * Takes an advisory lock for this session when it is free. A holder that is frozen, or whose connection was lost without a word, says
 * nothing on its session: then the server ends that session, and the lock is taken at once.
 * @param mark the application name that this session bears from now on, and a silent holder must bear to be ended; absent: every one is
 * @returns whether this session holds it now. @throws the database's error
 */
export async function takeLock(sql: Session, key: LockKey, mark?: string): Promise<boolean> {
  const tried = await tryLock(sql, key, mark);
  if (tried.held) return true;
  const ended = await sql.query(endSilentHolder, [
    tried.class,
    tried.object,
    typeof key === 'number' ? 1 : 2,
    silentSeconds,
    mark ?? null,
  ]);
  const [row] = ended.rows as readonly { readonly ended: boolean }[];
  return row?.ended === true && (await tryLock(sql, key, mark)).held;
}

/** Marked by the statement that takes it: a process cannot be frozen between the two. */
async function tryLock(sql: Session, key: LockKey, mark: string | undefined): Promise<Tried> {
  const [take, place, of] =
    typeof key === 'number'
      ? ['$2::bigint', ['$2::bigint >> 32', '$2::bigint'], [key]]
      : ['hashtext($2), hashtext($3)', ['hashtext($2)', 'hashtext($3)'], [key.purpose, key.name]];
  const { rows } = await sql.query(
    `select case when $1::text is not null then set_config('application_name', $1, false) end,
       pg_try_advisory_lock(${take}) as held, ${place[0]} as class, ${place[1]} as object`,
    [mark ?? null, ...of],
  );
  const [row] = rows as readonly Tried[];
  if (row === undefined) throw new Error('the database did not say whether the lock is held');
  return row;
}
