import { once } from 'node:events';
import path from 'node:path';
import { Client } from 'pg';
import { advisoryLocks } from '../advisory-locks.js';
import { launchServer } from './embedded-server.js';
import {
  clearLeftover,
  DatabaseFolderRefused,
  DataDirectoryInUse,
  prepareCluster,
} from './embedded-cluster.js';
import { freePort } from './free-port.js';
import { postgresBinaries } from './postgres-binaries.js';
import { serverUser } from './server-user.js';

export type EmbeddedPostgresOptions = {
  /** Where the cluster lives. Kept between starts; made at the first. */
  readonly directory: string;
  /** TCP port on 127.0.0.1; absent or 0: a free one. */
  readonly port?: number;
  /** The database to have; made when missing. Default `hemgang`. */
  readonly database?: string;
  /** For tests only: no fsync, so a power cut may cost the cluster. A killed process costs nothing either way. */
  readonly unsafe?: boolean;
  /** Each line the server writes. Carries no statement, parameter or key. */
  readonly onLog?: (line: string) => void;
  /** Called when the server ends without having been asked to. */
  readonly onUnexpectedExit?: (description: string) => void;
};

export type EmbeddedPostgres = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Fast shutdown: open sessions are ended, everything committed is kept. Can be called twice. */
  stop(): Promise<void>;
  /** SIGKILL, as an outage would; the directory can be started again. For tests. */
  kill(): Promise<void>;
};

/**
 * Starts the real PostgreSQL that npm brought, on loopback only, with a random password kept in the data directory
 * (0600). A server left over by a killed process is stopped and started again; one that another living process uses is
 * left alone. `synchronous_commit` is on: what is committed is on disk.
 * @throws DataDirectoryInUse when another living process uses the directory.
 * @throws DatabaseFolderRefused where the folder holds no database that can be started, also with the server's last words when it
 * does not come up within a minute.
 * @throws PortTaken
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await postgresBinaries();
  const home = path.resolve(options.directory);
  const user = await serverUser(home);
  const { cluster, password } = await prepareCluster(home, binaries, user, options.unsafe);
  await clearLeftover(home, cluster, password);

  const port = options.port || (await freePort());
  const server = await launchServer({ ...options, cluster, port, binaries, user });
  let stopping = false;
  const exited = once(server, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    stopping = true;
    process.off('exit', endWithUs);
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await exited;
  };
  // A process that ends without stopping its server takes it along; after SIGKILL the next start clears it away.
  const endWithUs = () => server.kill('SIGINT');
  process.on('exit', endWithUs);
  server.on('exit', (code, signal) => {
    process.off('exit', endWithUs);
    if (!stopping) options.onUnexpectedExit?.(`PostgreSQL ended unexpectedly (${signal ?? code})`);
  });

  const owner = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  owner.on('error', () => undefined); // The end of the server is told by its exit.
  try {
    await owner.connect();
    const { rows } = await owner.query<{ held: boolean }>(
      `select pg_try_advisory_lock(${advisoryLocks.embeddedOwner}) as held`,
    );
    if (!rows[0]?.held) throw new DataDirectoryInUse(home, 'was taken by another process');
    const database = options.database ?? 'hemgang';
    const known = await owner.query('select 1 from pg_database where datname = $1', [database]);
    if (known.rowCount === 0) await owner.query(`create database ${owner.escapeIdentifier(database)}`);
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
      port,
      pid: server.pid ?? 0,
      stop: () => end('SIGINT'),
      kill: () => end('SIGKILL'),
    };
  } catch (error) {
    await end('SIGINT');
    if ((error as { code?: unknown }).code === '28P01')
      throw new DatabaseFolderRefused(
        path.join(home, 'password'),
        'is not the password of the database beside it',
        error,
      );
    throw error;
  }
}
