import path from 'node:path';
import { Database, type DatabaseOptions } from '../../persistence/database.js';
import { runningPostgresUrl } from '../../persistence/embedded/running-postgres.js';
import { databaseRefused } from '../checks/database-refused.js';
import { refusing } from '../start-refused.js';
import { checkSessions } from '../../persistence/check-sessions.js';
import { commandConfiguration } from './command-configuration.js';

/**
 * Runs a command's work on DATABASE_URL, else on the embedded database of the hub that runs here.
 * @param name shown in pg_stat_activity
 * @throws when neither is to be had, or what stands between shares sessions: a command holds locks of a session as a process does
 */
export async function withCommandDatabase<T>(
  name: string,
  work: (database: Database) => Promise<T>,
  options: Pick<DatabaseOptions, 'connections' | 'unlimited'> = {},
): Promise<T> {
  const { database: configured, dataDirectory } = commandConfiguration();
  const url = configured.url ?? (await runningPostgresUrl(path.join(dataDirectory, 'postgres')));
  await refusing(() => checkSessions(url), databaseRefused('DATABASE_URL', url));
  const database = new Database({ url, connections: 1, applicationName: `hemgang-${name}`, ...options });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
