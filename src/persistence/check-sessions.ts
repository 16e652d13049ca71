import { Pool, type PoolClient } from 'pg';

/** What stands between the hub and PostgreSQL gives a connection's statements to any session. */
export class SessionsShared extends Error {
  override readonly name = 'SessionsShared';
}

/**
 * Refuses a pooler that shares sessions between connections (PgBouncer with `pool_mode` transaction or statement): locks of a session
 * would exclude nobody, and prepared statements be unknown.
 * @param url as the hub uses it
 * @throws SessionsShared, or the server's own error when no connection can be made
 */
export async function checkSessions(url: string): Promise<void> {
  const pool = new Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  pool.on('error', () => undefined);
  const clients: PoolClient[] = [];
  try {
    clients.push(await pool.connect(), await pool.connect());
    const [one, other] = clients;
    // A pooler hands out the session that was given back last, or the one that has waited longest.
    if (one && other && ((await moves(one, [one, other])) || (await moves(one, [other, one]))))
      throw new SessionsShared(
        'a pooler gives the statements of one connection to several sessions of PostgreSQL (PgBouncer: pool_mode must be session)',
      );
  } finally {
    for (const client of clients) client.release(true);
    await pool.end();
  }
}

/** Whether `one` has another session after both have been in a transaction, which they end in this order. */
async function moves(one: PoolClient, order: readonly [PoolClient, PoolClient]): Promise<boolean> {
  for (const each of order) await each.query('begin');
  const before = await sessionOf(one);
  for (const each of order) await sessionOf(each);
  for (const each of order) await each.query('commit');
  return (await sessionOf(one)) !== before;
}

async function sessionOf(client: PoolClient): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}
