import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseFolderRefused, lastLine } from './embedded-cluster.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { asUser, type ServerUser } from './server-user.js';

export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

type Launch = {
  readonly cluster: string;
  readonly port: number;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
  readonly unsafe?: boolean;
  readonly onLog?: (line: string) => void;
};

const startTimeoutMs = 60_000;
/** How long the sessions of a killed server may need until they have noticed and ended. */
const aftermathMs = 15_000;

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  synchronous_commit: 'on',
  max_connections: '200',
  max_wal_size: '2GB',
  // Every statement of the hub is short; compiling it costs more than it gives.
  jit: 'off',
  timezone: 'UTC',
  // A log line never carries a statement or the key of a row.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * Starts the server process and resolves when it accepts connections. Its own session, so Ctrl-C reaches only us.
 * @throws PortTaken, or DatabaseFolderRefused with the server's last words
 */
export async function launchServer(launch: Launch): Promise<ChildProcess> {
  const end = Date.now() + aftermathMs;
  for (;;) {
    const outcome = await attempt(launch);
    if ('server' in outcome) return outcome.server;
    const passing = /pre-existing shared memory block|could not bind/.test(outcome.fatalErrorText);
    if (!passing || Date.now() > end) throw await failure(launch.cluster, outcome.fatalErrorText);
    await wait(100);
  }
}

async function failure(cluster: string, fatalErrorText: string): Promise<Error> {
  if (/could not bind/.test(fatalErrorText)) return new PortTaken('another program listens on the port');
  const said = lastLine(fatalErrorText) ?? 'it said nothing';
  const version = /incompatible/.test(said)
    ? ` (made by PostgreSQL ${(await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim()})`
    : '';
  return new DatabaseFolderRefused(cluster, `PostgreSQL does not start on it: ${said}${version}`);
}

async function attempt(launch: Launch): Promise<{ server: ChildProcess } | { fatalErrorText: string }> {
  const chosen = launch.unsafe ? { ...settings, fsync: 'off', full_page_writes: 'off' } : settings;
  const { program, args, options } = asUser(launch.user, launch.binaries.postgres, [
    '-D',
    launch.cluster,
    '-p',
    String(launch.port),
    ...Object.entries(chosen).map(([k, v]) => `--${k}=${v}`),
  ]);
  const server = spawn(program, args, {
    ...options,
    cwd: launch.cluster,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => server.kill('SIGQUIT'), startTimeoutMs);
    const finish = (outcome: { server: ChildProcess } | { fatalErrorText: string }) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    server.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    server.on('close', () => finish({ fatalErrorText: said.join('\n') }));
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line);
      if (said.length > 20) said.shift();
      launch.onLog?.(line);
      if (line.includes('database system is ready to accept connections')) finish({ server });
    });
  });
}
