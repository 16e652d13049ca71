/** The largest time a statement may take before the server ends it. Milliseconds. */
const statementMs = 30_000;

/**
 * For how long a transaction may stand idle before the server ends it, with the locks it holds: nobody waits for long for a process that
 * was frozen in one. Milliseconds.
 */
const idleInTransactionMs = 10_000;

/** The client's own limit, for a server that does not even say that a statement took too long. Milliseconds. */
export const answerMs = statementMs + 2_000;

/**
 * So that the client's side gives a connection up, too, on which nobody acknowledges anything: after this, and ten more seconds. Without
 * the delay the system's own is two hours.
 */
export const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 5_000 } as const;

/**
 * What is set on each new session with PostgreSQL, by statement: as parameters of the start PgBouncer refuses them. A connection on which
 * nobody acknowledges anything is given up by the server too, with the locks it holds.
 * @param unlimited whether a statement takes the time it takes
 */
export const sessionLimits = (unlimited = false): string =>
  [
    ...(unlimited ? [] : [`set statement_timeout = ${statementMs}`]),
    `set idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
    'set tcp_keepalives_idle = 5',
    'set tcp_keepalives_interval = 2',
    'set tcp_keepalives_count = 3',
    'set tcp_user_timeout = 10000',
  ].join('; ');
