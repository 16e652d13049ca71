import type { QueryRunner } from 'typeorm';
import { advisoryLocks } from './advisory-locks.js';

/**
 * For a migration that changes the tables that the log writes, before all else: waits for the log's transactions under way and holds new
 * ones back until the migration is committed. A writer holds one table and waits for the next; without this it and the migration would
 * each hold what the other waits for.
 */
export async function aloneWithTheLog(runner: QueryRunner): Promise<void> {
  await runner.query(`select pg_advisory_xact_lock(${advisoryLocks.swap})`);
}
