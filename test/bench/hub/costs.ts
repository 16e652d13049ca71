import { readFile } from 'node:fs/promises';
import type { WholeHub } from './whole-hub.js';

/**
 * What one of something cost, in figures that other work on the machine changes little: bytes of write-ahead log, statements of
 * the database, and processor time in microseconds of the hub's process and of its sessions with the database.
 */
export type Costs = {
  readonly walBytes: number;
  readonly statements: number;
  readonly hubMicroseconds: number;
  readonly databaseMicroseconds: number;
};

type Reading = {
  readonly wal: number;
  readonly statements: number;
  readonly hub: number;
  readonly database: number;
};

/** Linux counts processor time in hundredths of a second. */
const tick = 10_000;

/** Runs `work`, until nothing waits in the hub, and says what each of its `count` things cost. Linux alone knows processor time. */
export async function costOf(
  hub: WholeHub,
  work: () => Promise<number>,
): Promise<{ readonly count: number; readonly costs: Costs }> {
  const before = await read(hub);
  const count = await work();
  const after = await read(hub);
  const each = (name: keyof Reading): number => (after[name] - before[name]) / count;
  return {
    count,
    costs: {
      walBytes: each('wal'),
      statements: each('statements'),
      hubMicroseconds: each('hub'),
      databaseMicroseconds: each('database'),
    },
  };
}

async function read({ store, pid }: WholeHub): Promise<Reading> {
  const { rows } = await store.database.query<{ wal: string; statements: string; pids: number[] }>(
    `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as wal,
       (select coalesce(sum(calls), 0) from bench.pg_stat_statements
         where dbid = (select oid from pg_database where datname = current_database())) as statements,
       (select array_agg(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()) as pids`,
  );
  const [row] = rows;
  const database = await Promise.all((row?.pids ?? []).map(processorTime));
  return {
    wal: Number(row?.wal),
    statements: Number(row?.statements),
    hub: await processorTime(pid),
    database: database.reduce((sum, time) => sum + time, 0),
  };
}

/** User and system time of a process so far, in microseconds; 0 for one that is gone, or where there is no /proc. */
async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tick;
}
