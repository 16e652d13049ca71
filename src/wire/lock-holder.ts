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
export const endSilentHolder = `
  select coalesce(bool_or(pg_terminate_backend(activity.pid, 2000)), false) as ended
    from pg_locks as held
    join pg_stat_activity as activity on activity.pid = held.pid
   where held.locktype = 'advisory' and held.granted and activity.datname = current_database()
     and held.database = activity.datid
     and held.classid = ($1::bigint & 4294967295)::oid and held.objid = ($2::bigint & 4294967295)::oid
     and held.objsubid = $3::smallint and activity.pid <> pg_backend_pid()
     and activity.state like 'idle%' and activity.state_change < clock_timestamp() - make_interval(secs => $4)
     and ($5::text is null or activity.application_name = $5)`;
