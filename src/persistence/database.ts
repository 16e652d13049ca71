import { Pool, type PoolConfig, types as pgTypes, type CustomTypesConfig, type PoolClient } from 'pg';
import { answerMs, keepAlive, sessionLimits } from '../wire/session-limits.js';
import { sharedAnswer } from '../wire/shared-answer.js';
import { GatheringSocket } from './gathering-socket.js';
import { Grouped } from './grouped.js';
import type { BatchStatement, SqlConnection, Transaction } from './sql-connection.js';

export type { BatchStatement, SqlConnection, Transaction };

export type DatabaseOptions = {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Most connections at a time. Default 20. */
  readonly connections?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** For commands alone: a statement takes the time it takes. */
  readonly unlimited?: boolean;
  /** Told of an idle connection that broke; the pool replaces it. Default: ignored, the next use tells. */
  readonly onConnectionLost?: (error: Error) => void;
};

const connectTimeoutMs = 10_000;
/** From one probe of health that writes to the next, at least. Milliseconds. */
const probeEveryMs = 1_000;
/** What a session of one's own does is short. Milliseconds. */
const sessionAnswerMs = 10_000;
/** How long the end of a session waits for its locks to be let go, should the server not answer. Milliseconds. */
const unlockTimeoutMs = 5_000;

/** Positions, sequences and counts stay far below 2^53, so `bigint` is read as a number and not as text. */
const types: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pgTypes.builtins.INT8 && format !== 'binary' ? Number : pgTypes.getTypeParser(oid, format),
};

/**
 * Writes a row, and a file of its own for what does not fit into memory (some 150 kB, gone with the statement): a row finds room on its page
 * though the disk is full, a new file does not. One text, so one transaction and one round trip, and the setting ends with it.
 */
const probe = `select set_config('work_mem', '64kB', true);
  insert into health_probe (id, at) values (1, now()) on conflict (id) do update set at = excluded.at;
  select count(*) from generate_series(1, 10000)`;

/**
 * The hot path to PostgreSQL: a pool of connections in pipeline mode, so statements sent without waiting for each
 * other's answers share a round trip. Schema, migrations and rare paths go through TypeORM (`createDataSource`).
 */
export class Database implements SqlConnection {
  readonly #pool: Pool;
  readonly #batches = new Map<unknown, Grouped<unknown, unknown>>();

  constructor(readonly options: DatabaseOptions) {
    const limits = sessionLimits(options.unlimited);
    this.#pool = new Pool({
      connectionString: options.url,
      max: options.connections ?? 20,
      application_name: options.applicationName ?? 'hemgang',
      pipeline: true,
      stream: () => new GatheringSocket(),
      types,
      ...(options.unlimited ? {} : { query_timeout: answerMs }),
      connectionTimeoutMillis: connectTimeoutMs,
      ...keepAlive,
      // The pool waits for what this returns, though its type does not say so.
      onConnect: ((client) => client.query(limits)) as PoolConfig['onConnect'],
    });
    // Without a listener a broken idle connection would end the process.
    this.#pool.on('error', (error) => options.onConnectionLost?.(error));
    // Nor may one that breaks in the moment it is handed out, when it is neither the pool's nor its user's: what is asked
    // of it next is rejected, which is where it counts.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  query<Row extends object>(text: string, values: readonly unknown[] = []) {
    return this.#pool.query<Row>(text, [...values]);
  }

  prepared<Row extends object>(name: string, text: string, values: readonly unknown[]) {
    return this.#pool.query<Row>({ name, text, values: [...values] });
  }

  batched<Question, Answer>(
    statement: BatchStatement<Question, Answer>,
    question: Question,
  ): Promise<Answer> {
    let batch = this.#batches.get(statement) as Grouped<Question, Answer> | undefined;
    if (batch === undefined) {
      batch = new Grouped((questions) => statement(this, questions));
      this.#batches.set(statement, batch as Grouped<unknown, unknown>);
    }
    return batch.ask(question);
  }

  /**
   * True when the database answers, and something could be written within the last second: one that only reads, or whose disk is full, is not
   * healthy. Written is once a second at most, however many ask; whether it answers is asked each time.
   */
  async healthy(): Promise<boolean> {
    const [writes, answers] = await Promise.all([this.#writes(), this.#answers()]);
    return writes && answers;
  }

  readonly #writes = sharedAnswer(() => this.#succeeds(probe), probeEveryMs);
  readonly #answers = sharedAnswer(() => this.#succeeds('select 1'), 0);

  async #succeeds(statement: string): Promise<boolean> {
    try {
      await this.#pool.query(statement);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED): committed when it resolves, rolled back when it rejects. `first`
   * are statements without parameters that share the round trip of `begin`, e.g. locks. So does what `work` asks first: PostgreSQL takes
   * it after them, and refuses it when one of them failed.
   */
  async transaction<T>(work: (sql: Transaction) => Promise<T>, first: readonly string[] = []): Promise<T> {
    return this.#withClient(async (client) => {
      const answers: Promise<unknown>[] = [];
      const later = (answer: Promise<unknown>): void => {
        // Told below; until then nobody waits for it.
        answer.catch(() => undefined);
        answers.push(answer);
      };
      try {
        later(client.query(['begin', ...first].join(';')));
        const sql = connectionOf(client);
        const beforeCommit: Transaction['beforeCommit'] = (statement, write) =>
          later(statement(sql, [write]));
        const result = await work({ ...sql, later, beforeCommit }).catch(async (error: unknown) => {
          await allOf(answers);
          throw error;
        });
        const commit = client.query('commit');
        commit.catch(() => undefined);
        await allOf(answers);
        const { command } = await commit;
        // PostgreSQL answers a commit of a failed transaction by rolling back, without an error.
        if (command !== 'COMMIT')
          throw new Error('The transaction was rolled back: a statement in it had failed');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined); // A dead connection has rolled back already.
        throw error;
      }
    });
  }

  /**
   * A connection of one's own, outside any transaction: for session-level advisory locks. Closed after `work`; its locks
   * are free when this resolves or rejects. A statement that is not answered within seconds ends it, unless `unlimited`.
   */
  session<T>(work: (sql: SqlConnection, lost: AbortSignal) => Promise<T>): Promise<T> {
    return this.#withClient(async (client, lost) => {
      try {
        return await work(connectionOf(client, this.options.unlimited ? undefined : sessionAnswerMs), lost);
      } finally {
        // Closing a connection does not wait for the server, which lets the locks go some time after. One that is lost, or
        // does not answer, is closed all the same, and the server lets them go with it.
        const unlock = { text: 'select pg_advisory_unlock_all()', query_timeout: unlockTimeoutMs };
        await client.query(unlock).catch(() => undefined);
      }
    }, true);
  }

  /** Waits for running work and closes every connection. */
  close(): Promise<void> {
    return this.#pool.end();
  }

  async #withClient<T>(
    work: (client: PoolClient, lost: AbortSignal) => Promise<T>,
    closeAfter = false,
  ): Promise<T> {
    const client = await this.#pool.connect();
    const lost = new AbortController();
    const onError = (error: Error) => lost.abort(error);
    client.on('error', onError);
    try {
      return await work(client, lost.signal);
    } finally {
      client.release(closeAfter || lost.signal.aborted);
      client.off('error', onError);
    }
  }
}

/** Waits for every answer. Of several that failed the first says why: PostgreSQL refused the others because of it. */
async function allOf(answers: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(answers)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** @param withinMs how long each answer may take; absent: as the pool has it */
function connectionOf(client: PoolClient, withinMs?: number): SqlConnection {
  const limit = withinMs === undefined ? {} : { query_timeout: withinMs };
  const sql: Pick<SqlConnection, 'query' | 'prepared'> = {
    query: (text, values = []) => client.query({ text, values: [...values], ...limit }),
    prepared: (name, text, values) => client.query({ name, text, values: [...values], ...limit }),
  };
  return {
    ...sql,
    async batched<Question, Answer>(statement: BatchStatement<Question, Answer>, question: Question) {
      const [answer] = await statement(sql, [question]);
      return answer as Answer;
    },
  };
}
