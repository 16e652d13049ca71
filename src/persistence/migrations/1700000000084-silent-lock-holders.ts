import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ends the session that holds an advisory lock and has said nothing for a while: its process is frozen, or its connection is lost
 * without a word. `sub` is 1 for a lock of one number (its halves) and 2 for one of two numbers, as in pg_locks. What a session is
 * busy with is not cut short: a statement has a time limit of its own.
 */
export class SilentLockHolders1700000000084 implements MigrationInterface {
  readonly name = 'SilentLockHolders1700000000084';

  async up(runner: QueryRunner): Promise<void> {
    // What a health check writes, to know that something can be written.
    await runner.query('create table health_probe (id integer primary key, at timestamptz not null)');
    await runner.query(`
      create function end_silent_lock_holder(class bigint, object bigint, sub smallint, silent interval)
        returns boolean language sql volatile as $$
        select coalesce(bool_or(pg_terminate_backend(activity.pid)), false)
          from pg_locks as held
          join pg_stat_activity as activity on activity.pid = held.pid
         where held.locktype = 'advisory' and held.granted and activity.datname = current_database()
           and held.database = activity.datid
           and held.classid = (class & 4294967295)::oid and held.objid = (object & 4294967295)::oid and held.objsubid = sub
           and activity.pid <> pg_backend_pid()
           and activity.state like 'idle%' and activity.state_change < clock_timestamp() - silent
      $$
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function end_silent_lock_holder(bigint, bigint, smallint, interval)');
    await runner.query('drop table health_probe');
  }
}
