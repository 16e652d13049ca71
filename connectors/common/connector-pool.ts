import { Pool, type PoolConfig } from 'pg';
import { answerMs, keepAlive, sessionLimits } from '../../src/wire/session-limits.js';

/** A pool for connectors' receipts, not ended by a connection that breaks. Each publisher keeps one connection for its lock. */
export function createConnectorPool(url: string, connections = 8): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'hemgang-connector',
    connectionTimeoutMillis: 5_000,
    query_timeout: answerMs,
    ...keepAlive,
    // The pool waits for what this returns, though its type does not say so.
    onConnect: ((client) => client.query(sessionLimits())) as PoolConfig['onConnect'],
  });
  // Without a listener a broken idle connection would end the process; the next use of the pool tells.
  pool.on('error', () => undefined);
  // Nor may one that breaks in the moment it is handed out, when it is neither the pool's nor its user's.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
