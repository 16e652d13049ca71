import { createDataSource } from './data-source.js';

/** Advisory lock: several processes may start at once, one migrates, the others wait and find nothing to do. */
const migrationLock = 4_836_002;

/**
 * Brings the schema up to date. Every pending migration runs in one transaction.
 * @returns the names of the migrations that ran now.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const dataSource = await createDataSource(url).initialize();
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query(`select pg_advisory_lock(${migrationLock})`);
    const ran = await dataSource.runMigrations({ transaction: 'all' });
    return ran.map((migration) => migration.name);
  } finally {
    await guard.query(`select pg_advisory_unlock(${migrationLock})`);
    await guard.release();
    await dataSource.destroy();
  }
}
