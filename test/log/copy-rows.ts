import type { Database } from '../../src/persistence/database.js';

/**
 * What pg_dump and a restore do to the rows: every table's rows as text, and the value of every identity, into an empty
 * database of the same schema. (The PostgreSQL that npm brings has no pg_dump.) Transaction ids do not come along.
 */
export async function copyRows(from: Database, to: Database): Promise<void> {
  const { rows: tables } = await from.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
  );
  for (const { name } of tables) {
    const { rows } = await from.query<{ dump: string }>(
      `select coalesce(json_agg(t), '[]')::text as dump from ${name} t`,
    );
    await to.query(
      `insert into ${name} overriding system value select * from json_populate_recordset(null::${name}, $1::json)`,
      [rows[0]?.dump],
    );
  }
  const { rows: identities } = await from.query<{ sequence: string; last: number | null }>(
    `select sequencename as sequence, last_value as last from pg_sequences where schemaname = 'public'`,
  );
  for (const { sequence, last } of identities) {
    if (last !== null) await to.query('select setval($1::regclass, $2)', [sequence, last]);
  }
}
