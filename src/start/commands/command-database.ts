import path from 'node:path';
import { Database } from '../../persistence/database.js';
import { runningPostgresUrl } from '../../persistence/embedded/running-postgres.js';
import { commandConfiguration } from './command-configuration.js';

/**
 * Runs a command's work on DATABASE_URL, else on the embedded database of the hub that runs here.
 * @param name shown in pg_stat_activity
 * @throws when neither is to be had
 */
export async function withCommandDatabase<T>(
  name: string,
  work: (database: Database) => Promise<T>,
  connections = 1,
): Promise<T> {
  const { database: configured, dataDirectory } = commandConfiguration();
  const url = configured.url ?? (await runningPostgresUrl(path.join(dataDirectory, 'postgres')));
  const database = new Database({ url, connections, applicationName: `hemgang-${name}` });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
