import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database, SqlConnection } from '../persistence/database.js';
import { readLog, readUnsequenced } from './read-log.js';
import {
  compareTables,
  dropRebuildTables,
  prepareRebuildTables,
  swapTables,
  type TableDifference,
} from './rebuild-tables.js';
import type { RecordedEvent } from './recorded-event.js';
import { rendering } from './rendering.js';
import { replay } from './replay.js';
import type { StreamRegistry } from './stream-registry.js';
import { upcasters as allUpcasters } from './upcasters/index.js';
import type { Upcasters } from './upcasters/upcaster.js';

export type RebuildOptions = {
  readonly database: Database;
  readonly registry: StreamRegistry;
  /**
   * True: put the rebuilt in the place of the live, in one transaction. False: only compare. `where-different`: compare first,
   * which holds no writer up, and swap only when something differs.
   */
  readonly swap: boolean | 'where-different';
  /** True: go on where a rebuild of the same version that was cut short, or only compared, had come. False: begin again. */
  readonly resume: boolean;
  /** Events replayed in one transaction. */
  readonly batchSize?: number;
  /** Told after each batch how far the replay has come. */
  readonly onProgress?: (sequence: number) => void;
  readonly upcasters?: Upcasters;
  /** Cuts the replay short between two batches; what was replayed stays, for `resume`. */
  readonly signal?: AbortSignal;
};

export type RebuildReport = {
  /** How far the dense order had been replayed; what was not sequenced yet was replayed too. */
  readonly sequence: number;
  /** What differed between live and rebuilt, before a swap; empty when the live tables are what the log says. */
  readonly differences: readonly TableDifference[];
  readonly swapped: boolean;
};

/** Another rebuild is under way. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';
}

const defaultBatchSize = 1_000;

/**
 * Replays the whole log into tables beside the live ones (schema `rebuild`), compares, and swaps on request. The hub goes
 * on meanwhile: reading is never held up, and appending only while a swap catches up and compares.
 * @throws RebuildUnderWay when another process rebuilds.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildReport> {
  const { database } = options;
  return database.session(async (guard) => {
    const { rows } = await guard.query<{ held: boolean }>(
      `select pg_try_advisory_lock(${advisoryLocks.rebuild}) as held`,
    );
    if (!rows[0]?.held) throw new RebuildUnderWay('Another rebuild is under way');
    await database.transaction((sql) => prepareRebuildTables(sql, options.resume, rendering));
    const sequence = await replaySequenced(options);
    if (options.swap === 'where-different') {
      const compared = await finish(options, sequence, false);
      if (compared.differences.length === 0) {
        await dropRebuildTables(database);
        return compared;
      }
    }
    // Waits for the log's transactions under way and holds new ones back; before the snapshot of `finish` is taken.
    if (options.swap)
      await guard.query(`set statement_timeout = 0; select pg_advisory_lock(${advisoryLocks.swap})`);
    return finish(options, sequence, options.swap !== false);
  });
}

/** Batch by batch until the end of the order, each batch with its mark in one transaction: it can be cut short anywhere. */
async function replaySequenced(options: RebuildOptions): Promise<number> {
  for (;;) {
    options.signal?.throwIfAborted();
    const { last, count } = await options.database.transaction((sql) => replayBatch(options, sql));
    if (count === 0) return last;
    options.onProgress?.(last);
  }
}

async function replayBatch(options: RebuildOptions, sql: SqlConnection) {
  const { rows } = await sql.query<{ sequence: number }>('select sequence from rebuild.progress');
  const after = rows[0]?.sequence ?? 0;
  const events = await readLog(sql, after, options.batchSize ?? defaultBatchSize);
  const last = events.at(-1)?.sequence ?? after;
  await replayInto(options, sql, events);
  if (events.length > 0) await sql.query('update rebuild.progress set sequence = $1', [last]);
  return { last, count: events.length };
}

/**
 * What was appended meanwhile, the comparison and the swap, on one snapshot: events and what they changed were committed
 * together, so on one snapshot live and rebuilt must be equal.
 */
async function finish(options: RebuildOptions, reached: number, swap: boolean): Promise<RebuildReport> {
  return options.database.transaction(
    async (sql) => {
      let sequence = reached;
      for (let more = true; more;) {
        const { last, count } = await replayBatch(options, sql);
        sequence = last;
        more = count > 0;
      }
      await replayInto(options, sql, await readUnsequenced(sql));
      const differences = await compareTables(sql);
      if (swap) await swapTables(sql);
      if (swap) await noteSwap(sql, sequence);
      return { sequence, differences, swapped: swap };
    },
    ['set transaction isolation level repeatable read', 'set local statement_timeout = 0'],
  );
}

/** What is shown is of this version now; where another is in force, its processes rebuild (src/log/shown-keeper.ts). */
async function noteSwap(sql: SqlConnection, sequence: number): Promise<void> {
  await sql.query('update rendering set sequence = case when version = $1 then $2::bigint end', [
    rendering,
    sequence,
  ]);
}

const replayInto = (options: RebuildOptions, sql: SqlConnection, events: readonly RecordedEvent[]) =>
  replay(sql, options.registry, options.upcasters ?? allUpcasters, events);
