import { DatabaseError, escapeLiteral } from 'pg';
import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database, Transaction } from '../persistence/database.js';
import { Grouped } from '../persistence/grouped.js';
import { ExclusiveKeyHeld, LogConflict, type Log, type Session, type TransactOptions } from './log.js';
import { readRegisterCopy } from './register-copy.js';
import { PostgresSession } from './postgres-session.js';
import type { SharedOutcome, SharedWork } from './shared-member.js';
import { runShared } from './shared-transaction.js';
import type { StreamRegistry } from './stream-registry.js';
import type { ProjectionContext } from './stream-type.js';
import { upcasters as allUpcasters } from './upcasters/index.js';
import type { Upcasters } from './upcasters/upcaster.js';
import type { Appended } from './write-change.js';
import { appendOrConflict, WriterConflict } from './writer-conflict.js';

export type PostgresLogOptions = {
  readonly database: Database;
  /** Called after each commit that appended events, e.g. the sequencer's `wake`. */
  readonly onAppended?: () => void;
  /** The kinds of stream this program knows: a person who has another is left to those that do (ADR 88). Default: any. */
  readonly streams?: Pick<StreamRegistry, 'has'>;
  /** Default: those of `upcasters/`. */
  readonly upcasters?: Upcasters;
  /** Told when a shared transaction failed, after which each piece of work runs in one of its own. */
  readonly onSharedFailed?: (error: unknown) => void;
};

/** Codes after which the same work can succeed: another writer was quicker. */
const conflicts = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '23505', // unique_violation
]);
const mostAttempts = 4;
/** Shared transactions under way, and pieces of work in one: who comes last waits for all that are decided before. */
const sharing = { mostUnderWay: 2, largestGroup: 16 };
/** So that no transaction works with what it loaded before a rebuild swapped. */
const shareWithSwap = `select pg_advisory_xact_lock_shared(${advisoryLocks.swap})`;

/** The log on PostgreSQL; see `Log` for what it promises. Safe to use from any number of processes. */
export class PostgresLog implements Log {
  readonly #options: PostgresLogOptions;
  readonly #shared: Grouped<SharedWork, SharedOutcome>;

  constructor(options: PostgresLogOptions) {
    this.#options = options;
    this.#shared = new Grouped((works) => this.#share(works), sharing);
  }

  async transact<T>(options: TransactOptions, work: (session: Session) => Promise<T>): Promise<T> {
    const { database, onAppended } = this.#options;
    if (options.shared === true) {
      const outcome = await this.#shared.ask(this.#sharedWork(options, work));
      if (outcome !== 'alone') return outcome.result as T;
    }
    const first = [shareWithSwap, ...lockStatements(options.locks)];
    for (let attempt = 1; ; attempt += 1) {
      let appended = false;
      try {
        const result = await database.transaction(async (sql) => {
          const unmet = ({ expectedVersion }: Appended) => attempt === 1 && expectedVersion === 0;
          const session = this.#session(sql, options, (change) =>
            sql.later(appendOrConflict(sql, change, unmet(change))),
          );
          const outcome = await work(session);
          appended = session.appended;
          return outcome;
        }, first);
        if (appended) onAppended?.();
        return result;
      } catch (error) {
        if (!isConflict(error)) throw error;
        if (attempt === mostAttempts) throw await this.#conflict(error);
      }
    }
  }

  #sharedWork<T>(options: TransactOptions, work: (session: Session) => Promise<T>): SharedWork {
    return {
      locks: options.locks,
      run: async (sql, append) => work(this.#session(sql, options, append)),
    };
  }

  /** One alone shares with nobody. */
  async #share(works: readonly SharedWork[]): Promise<readonly SharedOutcome[]> {
    if (works.length > 1) {
      try {
        const outcomes = await runShared(this.#options.database, works, [shareWithSwap]);
        if (outcomes.some((outcome) => outcome !== 'alone')) this.#options.onAppended?.();
        return outcomes;
      } catch (error) {
        this.#options.onSharedFailed?.(error);
      }
    }
    return works.map(() => 'alone');
  }

  #session(
    sql: Transaction,
    options: TransactOptions,
    append: (appended: Appended) => void,
  ): PostgresSession {
    const context: ProjectionContext = {
      registerCopy: (personId, version) => readRegisterCopy(sql, personId, version),
    };
    return new PostgresSession(sql, options, {
      upcasters: this.#options.upcasters ?? allUpcasters,
      context,
      append,
      ...(this.#options.streams && { streams: this.#options.streams }),
    });
  }

  /** The last word after every attempt met a conflict: who holds the key, where that is what stood in the way. */
  async #conflict(error: Error): Promise<LogConflict> {
    const key = error instanceof WriterConflict ? error.exclusive : undefined;
    if (key === undefined) return new LogConflict('Another writer was quicker each time', { cause: error });
    const { rows } = await this.#options.database.query<{ id: string }>(
      'select id from stream where exclusive = $1',
      [key],
    );
    return new ExclusiveKeyHeld(rows[0]?.id, { cause: error });
  }
}

/** Advisory locks until the end of the transaction, in an order that all writers share. */
function lockStatements(names: readonly string[]): string[] {
  return [...new Set(names)]
    .sort()
    .map((name) => `select pg_advisory_xact_lock(hashtextextended(${escapeLiteral(name)}, 0))`);
}

function isConflict(error: unknown): error is Error {
  return (
    error instanceof WriterConflict ||
    (error instanceof DatabaseError && error.code !== undefined && conflicts.has(error.code))
  );
}
