import { advisoryLocks } from './advisory-locks.js';
import { createDataSource } from './data-source.js';

/**
 * Brings the schema up to date. Of several processes that start at once, one migrates; the others wait and find nothing to
 * do. Every pending migration runs in a transaction of its own, so that it holds no other tables than its own, which processes of the
 * version before use meanwhile; what ran before one that fails stays, and the next start goes on there.
 * @returns the names of the migrations that ran now.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const dataSource = await createDataSource(url).initialize();
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query(`select pg_advisory_lock(${advisoryLocks.migration})`);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await guard.query(`select pg_advisory_unlock(${advisoryLocks.migration})`);
    await guard.release();
    await dataSource.destroy();
  }
}
