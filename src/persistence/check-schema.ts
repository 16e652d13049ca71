import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDrift } from './drift.js';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { migrate } from './migrate.js';

/**
 * Whether the migrations lead to the schema that the entities describe, tried on an empty database of its own.
 * @returns one line for each difference.
 */
export async function checkSchema(): Promise<readonly string[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-schema-'));
  const server = await startEmbeddedPostgres({ directory, unsafe: true });
  try {
    await migrate(server.url);
    return await findDrift(server.url);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
