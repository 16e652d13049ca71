import type { SqlConnection, Transaction } from '../persistence/database.js';
import type { Decision } from '../process/rejections/rejection.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import type { Cause, LoggedEvent, StreamName, StreamType } from './stream-type.js';

/** What work inside a transaction may do with the database. */
export type Sql = SqlConnection;

/**
 * The one transaction of design section 4: events, folded state, resources with history, grants and whatever the
 * caller adds through `sql` (the mark on an inbox row, an idempotency record) become true together or not at all.
 */
export interface Session {
  readonly sql: Transaction;
  /** Takes the answer to a last statement, which goes out with the commit; see `Transaction`. */
  readonly later: Transaction['later'];
  /** The stream's folded state and version; version 0 and no state before its first event. Never replays. */
  load<S, C, E extends LoggedEvent>(
    type: StreamType<S, C, E>,
    id: Uuid,
  ): Promise<{ state: S | undefined; version: number }>;
  /**
   * Loads, decides, and on acceptance appends with the expected version and projects. A rejection writes nothing. What is appended is
   * sent and not waited for: what is asked next shares its round trip, and where it failed the transaction does.
   */
  execute<S, C, E extends LoggedEvent>(
    type: StreamType<S, C, E>,
    id: Uuid,
    command: C,
  ): Promise<{ decision: Decision<E>; state: S | undefined; version: number }>;
  /**
   * Reads streams that will be loaded, and which streams persons have, before they are asked for one by one: what is asked first in a
   * transaction shares its first round trip.
   */
  readAhead(ids: readonly Uuid[], persons?: readonly Uuid[]): Promise<void>;
  /** The kind of a stream; undefined before its first event. */
  typeOf(id: Uuid): Promise<StreamName | undefined>;
  /** The person's streams of some kinds, in the order of their ids. */
  streamsOf(personId: Uuid, ...types: readonly StreamName[]): Promise<readonly Owned[]>;
}

/** A stream of a person. */
export type Owned = { readonly id: Uuid; readonly type: StreamName };

export type TransactOptions = {
  readonly locks: readonly string[];
  readonly cause: Cause;
  readonly recordedAt: Instant;
  /**
   * The work may share its transaction with other such work of the same moment. It is begun there once, and where that does not do as any
   * other work: in a transaction of its own, and again after a conflict. It runs to its end there only when it keeps to the session and to what is asked by `sql.batched` and
   * written by `sql.beforeCommit`. Its effect is the same in either.
   */
  readonly shared?: boolean;
};

export interface Log {
  /**
   * Runs `work` in one transaction. The advisory locks named by `locks` (`person:<id>`, or a number's keyed hash before
   * there is an id) are taken first, in sorted order, so two writers on one person take turns, in whatever process.
   * A serialisation or unique conflict runs the work again from the start, at most three times; then `LogConflict`.
   */
  transact<T>(options: TransactOptions, work: (session: Session) => Promise<T>): Promise<T>;
}

/** Two writers met and neither retry helped. */
export class LogConflict extends Error {
  override readonly name: string = 'LogConflict';
}

/**
 * The stream would hold a key that another live stream holds (`Projection.exclusive`), also after trying again: the
 * second of two open SVUs (SVU-2). `holder` is the stream that has it.
 */
export class ExclusiveKeyHeld extends LogConflict {
  override readonly name = 'ExclusiveKeyHeld';
  readonly holder: Uuid | undefined;

  constructor(holder: Uuid | undefined, options?: ErrorOptions) {
    super('Another stream holds the exclusive key', options);
    this.holder = holder;
  }
}

/** The stream's payloads were destroyed by decision (gallring); nothing more can happen to it. */
export class StreamDestroyed extends Error {
  override readonly name = 'StreamDestroyed';
}
