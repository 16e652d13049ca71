import { DatabaseError, escapeLiteral } from 'pg';
import { advisoryLocks } from '../persistence/advisory-locks.js';
import type { Database, Transaction } from '../persistence/database.js';
import { ExclusiveKeyHeld, LogConflict, type Log, type Session } from './log.js';
import { readRegisterCopy } from './register-copy.js';
import { PostgresSession, WriterConflict } from './postgres-session.js';
import type { StreamRegistry } from './stream-registry.js';
import type { Cause, ProjectionContext } from './stream-type.js';
import type { Instant } from '../process/vocabulary.js';
import { upcasters as allUpcasters } from './upcasters/index.js';
import type { Upcasters } from './upcasters/upcaster.js';

export type PostgresLogOptions = {
  readonly database: Database;
  /** Called after each commit that appended events, e.g. the sequencer's `wake`. */
  readonly onAppended?: () => void;
  /** The kinds of stream this program knows: a person who has another is left to those that do (ADR 88). Default: any. */
  readonly streams?: Pick<StreamRegistry, 'has'>;
  /** Default: those of `upcasters/`. */
  readonly upcasters?: Upcasters;
};

/** Codes after which the same work can succeed: another writer was quicker. */
const conflicts = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '23505', // unique_violation
]);
const mostAttempts = 4;
/** So that no transaction works with what it loaded before a rebuild swapped. */
const shareWithSwap = `select pg_advisory_xact_lock_shared(${advisoryLocks.swap})`;

/** The log on PostgreSQL; see `Log` for what it promises. Safe to use from any number of processes. */
export class PostgresLog implements Log {
  readonly #options: PostgresLogOptions;

  constructor(options: PostgresLogOptions) {
    this.#options = options;
  }

  async transact<T>(
    options: { locks: readonly string[]; cause: Cause; recordedAt: Instant },
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { database, onAppended } = this.#options;
    const first = [shareWithSwap, ...lockStatements(options.locks)];
    for (let attempt = 1; ; attempt += 1) {
      let appended = false;
      try {
        const result = await database.transaction(async (sql) => {
          const session = this.#session(sql, options, attempt === 1);
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

  #session(
    sql: Transaction,
    options: { cause: Cause; recordedAt: Instant },
    first: boolean,
  ): PostgresSession {
    const context: ProjectionContext = {
      registerCopy: (personId, version) => readRegisterCopy(sql, personId, version),
    };
    return new PostgresSession(sql, options, {
      upcasters: this.#options.upcasters ?? allUpcasters,
      context,
      first,
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
