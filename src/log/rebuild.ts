import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database, SqlConnection } from '../persistence/database.js';
import { takeSessionLock, whileHeard, writesOnLock } from '../persistence/session-lock.js';
import { sessionTransaction } from '../persistence/session-transaction.js';
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
 * on meanwhile: reading is never held up, and appending only while a swap catches up and compares. All of it is written on the session
 * that holds the locks: of a process that is frozen or cut off the server ends that session, and with it what was not committed.
 * @throws RebuildUnderWay when another process rebuilds; one of this kind that has been silent for long is ended instead, one of a
 *   version before decision 91, which is silent while it works, is not.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildReport> {
  return options.database.session(async (guard) => {
    if (!(await takeSessionLock(guard, advisoryLocks.rebuild, writesOnLock)))
      throw new RebuildUnderWay('Another rebuild is under way');
    return whileHeard(guard, () => rebuildUnderLock(options, guard));
  });
}

async function rebuildUnderLock(options: RebuildOptions, guard: SqlConnection): Promise<RebuildReport> {
  const { swap, resume } = options;
  await sessionTransaction(guard, {}, () => prepareRebuildTables(guard, resume, rendering));
  const sequence = await replaySequenced(options, guard);
  if (swap === 'where-different') {
    const compared = await finish(options, guard, { reached: sequence, swap: false });
    if (compared.differences.length === 0) {
      await dropRebuildTables(guard);
      return compared;
    }
  }
  return finish(options, guard, { reached: sequence, swap: swap !== false });
}

/** Batch by batch until the end of the order, each batch with its mark in one transaction: it can be cut short anywhere. */
async function replaySequenced(options: RebuildOptions, guard: SqlConnection): Promise<number> {
  for (;;) {
    options.signal?.throwIfAborted();
    const { last, count } = await sessionTransaction(guard, {}, () => replayBatch(options, guard));
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
function finish(
  options: RebuildOptions,
  guard: SqlConnection,
  { reached, swap }: { readonly reached: number; readonly swap: boolean },
): Promise<RebuildReport> {
  const begin = 'begin isolation level repeatable read; set local statement_timeout = 0';
  // Waits for the log's transactions under way and holds new ones back, before the snapshot is taken.
  const alone = {
    before: `set statement_timeout = 0; select pg_advisory_lock(${advisoryLocks.swap})`,
    after: `select pg_advisory_unlock(${advisoryLocks.swap})`,
  };
  return sessionTransaction(guard, { begin, ...(swap && alone) }, async () => {
    let sequence = reached;
    for (let more = true; more;) {
      const { last, count } = await replayBatch(options, guard);
      sequence = last;
      more = count > 0;
    }
    await replayInto(options, guard, await readUnsequenced(guard));
    const differences = await compareTables(guard);
    if (swap) await swapTables(guard);
    if (swap) await noteSwap(guard, sequence);
    return { sequence, differences, swapped: swap };
  });
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
