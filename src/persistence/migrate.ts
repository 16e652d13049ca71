import { setTimeout as delay } from 'node:timers/promises';
import { MigrationExecutor } from 'typeorm';
import type { PoolClient } from 'pg';
import { advisoryLocks } from './advisory-locks.js';
import { createDataSource } from './data-source.js';
import { takeSessionLock, whileHeard, writesOnLock } from './session-lock.js';

/** How often one that waits looks whether the lock came free. Milliseconds. */
const standByMs = 500;

/**
 * Brings the schema up to date. Of several processes that start at once, one migrates; the others wait and find nothing to
 * do. One that is frozen or cut off meanwhile is not waited for: its session, which holds the lock and migrates, is ended, and what it
 * writes when it wakes is refused. One of a version before decision 91, which migrates on another session, is waited for. Every pending
 * migration runs in a transaction of its own, so that it holds no other tables than its own, which processes of the version before use
 * meanwhile; what ran before one that fails stays, and the next start goes on there.
 * @param onWaiting told once, when another process migrates
 * @returns the names of the migrations that ran now. @throws the database's error, and why the session was lost where it was
 */
export async function migrate(url: string, onWaiting?: () => void): Promise<readonly string[]> {
  const dataSource = await createDataSource(url).initialize();
  const runner = dataSource.createQueryRunner();
  let lost: Error | undefined;
  try {
    const session = (await runner.connect()) as PoolClient;
    session.on('error', (error) => (lost ??= error));
    const sql = {
      query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
        session.query<Row>(text, [...values]),
    };
    for (let tries = 0; !(await takeSessionLock(sql, advisoryLocks.migration, writesOnLock)); tries += 1) {
      if (tries === 0) onWaiting?.();
      await delay(standByMs);
    }
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const ran = await whileHeard(sql, () => executor.executePendingMigrations());
    // Closing the session does not wait for the server, which lets the lock go some time after.
    await sql.query(`select pg_advisory_unlock(${advisoryLocks.migration})`);
    return ran.map((migration) => migration.name);
  } catch (error) {
    // What is asked of a session that was ended between two statements tells of the asking alone ("Query runner already released").
    throw lost ?? error;
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}
