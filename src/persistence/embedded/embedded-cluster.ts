import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { makeFolder } from '../../wire/make-folder.js';
import { advisoryLocks } from '../advisory-locks.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { asUser, type ServerUser } from './server-user.js';

const run = promisify(execFile);

/** The folder holds no database that can be started, and none can be made there. The message is one line. */
export class DatabaseFolderRefused extends Error {
  override readonly name: string = 'DatabaseFolderRefused';
  /** @param place the folder, or the file in it */
  constructor(
    readonly place: string,
    problem: string,
    cause?: unknown,
  ) {
    super(problem, { cause });
  }
}

/** Another process runs a server on the directory. */
export class DataDirectoryInUse extends DatabaseFolderRefused {
  override readonly name = 'DataDirectoryInUse';
}

const leftoverTimeoutMs = 30_000;

/**
 * Makes the cluster and its password at the first start; at later ones reads the password.
 * @throws DatabaseFolderRefused when the folder cannot be written or read, or holds something else
 */
export async function prepareCluster(
  home: string,
  ...how: [binaries: PostgresBinaries, user: ServerUser, unsafe?: boolean]
): Promise<{ cluster: string; password: string }> {
  try {
    return await prepare(home, ...how);
  } catch (error) {
    if (error instanceof DatabaseFolderRefused) throw error;
    const { code, stderr } = error as { code?: unknown; stderr?: unknown };
    if (typeof code === 'string')
      throw new DatabaseFolderRefused(home, `cannot be read and written (${code})`, error);
    const said = typeof stderr === 'string' ? lastLine(stderr) : undefined;
    if (said === undefined) throw error;
    throw new DatabaseFolderRefused(home, `no database can be made there: ${said}`, error);
  }
}

/** What a program of PostgreSQL ended with. */
export function lastLine(said: string): string | undefined {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.findLast((line) => /(?:FATAL|PANIC|error):/.test(line)) ?? lines.at(-1);
  return fatal?.replace(/^.*?((?:FATAL|PANIC|error):)/, '$1').trim();
}

async function prepare(
  home: string,
  binaries: PostgresBinaries,
  user: ServerUser,
  unsafe = false,
): Promise<{ cluster: string; password: string }> {
  const cluster = path.join(home, 'cluster');
  const passwordFile = path.join(home, 'password');
  makeFolder(home, 0o700);
  await giveTo(home, user);
  const version = await readIfThere(path.join(cluster, 'PG_VERSION'));
  if (version !== undefined) {
    const password = await readIfThere(passwordFile);
    if (password === undefined)
      throw new DatabaseFolderRefused(passwordFile, 'is missing, and the database beside it needs it');
    return { cluster, password: password.trim() };
  }
  await refuseOthersThings(home);
  const password = randomBytes(24).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveTo(passwordFile, user);
  // Made under another name first, so that one cut short is never taken for a cluster.
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
    ...(unsafe ? ['--no-sync'] : []),
  ];
  const { program, args, options } = asUser(user, binaries.initdb, [
    `--pgdata=${draft}`,
    `--pwfile=${passwordFile}`,
    ...flags,
  ]);
  await run(program, args, { ...options, cwd: home });
  await rename(draft, cluster);
  return { cluster, password };
}

/** Nothing is made beside what is not ours, nor over a database that was damaged. @throws DatabaseFolderRefused */
async function refuseOthersThings(home: string): Promise<void> {
  const names = await readdir(home);
  if (names.includes('cluster'))
    throw new DatabaseFolderRefused(
      path.join(home, 'cluster'),
      'is damaged: no database, for its PG_VERSION is missing; put a backup back, or move it away',
    );
  const foreign = names.filter((name) => name !== 'password' && name !== 'cluster.new');
  if (foreign.length > 0)
    throw new DatabaseFolderRefused(
      home,
      `holds something else than a database of the hub (${foreign.slice(0, 3).join(', ')}); name another directory`,
    );
}

/** Makes a file the server's. A start that failed earlier may have left it to somebody else. */
async function giveTo(file: string, user: ServerUser): Promise<void> {
  if (user.kind === 'other') await chown(file, user.uid, user.gid);
  if (user.kind === 'namespace') await chown(file, 0, 0);
}

/**
 * Ends a server that a killed process left running on the cluster. PostgreSQL itself copes with a pid file whose process
 * is gone.
 * @throws DataDirectoryInUse when the server's own process is alive.
 */
export async function clearLeftover(home: string, cluster: string, password: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const lines = (await readIfThere(pidFile))?.split('\n');
  const pid = Number(lines?.[0]);
  const port = Number(lines?.[3]);
  if (!lines || !alive(pid)) return;
  if (!(await isPostgres(pid))) {
    // The number was given to another program since, e.g. in a container that was restarted.
    await rm(pidFile, { force: true });
    return;
  }
  if (await hasLivingOwner(port, password)) {
    throw new DataDirectoryInUse(home, `is in use by another process (PostgreSQL ${pid} on port ${port})`);
  }
  process.kill(pid, 'SIGINT');
  const end = Date.now() + leftoverTimeoutMs;
  while (alive(pid)) {
    if (Date.now() > end) throw new Error(`PostgreSQL ${pid}, left over in ${home}, does not end`);
    await wait(50);
  }
}

/** True unless we can enter the server and take the owner's lock ourselves. */
async function hasLivingOwner(port: number, password: string): Promise<boolean> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined); // The server may end under us; the query then rejects.
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(
      `select pg_try_advisory_lock(${advisoryLocks.embeddedOwner}) as held`,
    );
    return rows[0]?.held !== true;
  } catch {
    return true; // When in doubt it is somebody's.
  } finally {
    await client.end();
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process is a PostgreSQL; where the system cannot tell (no /proc), we assume it is. */
async function isPostgres(pid: number): Promise<boolean> {
  const command = await readIfThere(`/proc/${pid}/cmdline`);
  return command === undefined || /postgres/.test(command);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
