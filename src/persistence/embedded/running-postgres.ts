import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The URL of the embedded server that a running hub keeps in `directory`, for commands beside it.
 * @throws Error when none runs there
 */
export async function runningPostgresUrl(directory: string, database = 'hemgang'): Promise<string> {
  try {
    const password = await readFile(path.join(directory, 'password'), 'utf8');
    // Line 4 is the port: https://www.postgresql.org/docs/current/storage-file-layout.html
    const lines = (await readFile(path.join(directory, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(lines[0]), 0);
    return `postgres://postgres:${password.trim()}@127.0.0.1:${Number(lines[3])}/${database}`;
  } catch (error) {
    throw new Error('No hub with an embedded database runs here: start it, or set DATABASE_URL.', {
      cause: error,
    });
  }
}
