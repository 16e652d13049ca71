/** What work on the database may do, inside a transaction or outside. */
export interface SqlConnection {
  /** Runs one statement. `bigint` comes as a number, times as `Date`, `jsonb` parsed. */
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
  /** As `query`, with a plan kept under `name` for the life of the connection. The text must not vary. */
  prepared<Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
  /** Asks what others may ask in the same moment: of the pool, or of a transaction that is shared, all of them in one statement. */
  batched<Question, Answer>(statement: BatchStatement<Question, Answer>, question: Question): Promise<Answer>;
}

/**
 * A statement that costs little more for many than for one. Made once, since those who ask by the same one are asked together.
 * @returns an answer for each question, in their order
 */
export type BatchStatement<Question, Answer> = (
  sql: Pick<SqlConnection, 'query' | 'prepared'>,
  questions: readonly Question[],
) => Promise<readonly Answer[]>;

/** A transaction, in which statements may be sent whose answers nobody waits for. */
export interface Transaction extends SqlConnection {
  /**
   * Takes the answer to a statement that was sent, which is waited for behind the commit: where it failed, so did the commit, and its
   * error is the transaction's. Only for what fails by an error of PostgreSQL.
   */
  later(answer: Promise<unknown>): void;
  /**
   * Writes something whose answer nobody waits for, as `later`: at once, or where the transaction is shared for all who share it, when
   * all have decided. Nothing that is read afterwards may depend on it.
   */
  beforeCommit<Write>(statement: BatchStatement<Write, void>, write: Write): void;
}
