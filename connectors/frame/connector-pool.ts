import { Pool, type PoolConfig } from 'pg';

const limits =
  'set statement_timeout = 30000; set idle_in_transaction_session_timeout = 30000; set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 10000';

/** A pool for connectors' receipts, not ended by a connection that breaks. Each publisher keeps one connection for its lock. */
export function createConnectorPool(url: string, connections = 8): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'hemgang-connector',
    connectionTimeoutMillis: 5_000,
    // The client's own limit, for a server that does not even say that a statement took too long.
    query_timeout: 32_000,
    keepAlive: true,
    // By statement: as parameters of the start PgBouncer refuses them.
    // The pool waits for what this returns, though its type does not say so.
    onConnect: ((client) => client.query(limits)) as PoolConfig['onConnect'],
  });
  // Without a listener a broken idle connection would end the process; the next use of the pool tells.
  pool.on('error', () => undefined);
  // Nor may one that breaks in the moment it is handed out, when it is neither the pool's nor its user's.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
