import type { Pool } from 'pg';

/** What one append writes, row by row, as bare SQL needs it. */
export type AppendedRows = {
  readonly event: readonly unknown[];
  readonly stream: readonly unknown[];
  readonly resources: readonly (readonly unknown[])[];
  readonly versions: readonly (readonly unknown[])[];
  readonly grants?: readonly (readonly unknown[])[];
  /** The fact that made them, marked as done. */
  readonly fact?: readonly unknown[];
};

const statements = {
  event: `insert into event (id, stream_type, stream_id, stream_version, type, type_version, person_id, occurred_at,
            recorded_at, actor, cause, data)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning position`,
  unsequenced: 'insert into unsequenced values ($1)',
  stream: `insert into stream (id, type, version, person_id, state) values ($1, $2, $3, $4, $5)
           on conflict (id) do update set version = excluded.version, state = excluded.state`,
  resource: `insert into resource (type, id, version, last_updated, stream_id, scope, person_id, personal, draft, tokens,
               owner, status, deadline, content, about)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             on conflict (type, id) do update set version = excluded.version, content = excluded.content`,
  version: `insert into resource_version (type, id, version, last_updated, stream_id, scope, personal, draft, content)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  grant: `insert into access_grant (scope, unit, stream_id, hospital, content) values ($1, $2, $3, $4, $5)
          on conflict (scope, unit, stream_id) do nothing`,
  fact: `update inbox set state = 'done', outcome = $2, ended_at = $3 where event_id = $1`,
};

/** The floor: the same rows in one transaction, a prepared statement for each, nothing decided, folded or rendered. */
export async function bareAppend(pool: Pool, rows: AppendedRows): Promise<void> {
  const client = await pool.connect();
  try {
    const run = (name: keyof typeof statements, values: readonly unknown[]) =>
      client.query<{ position: string }>({ name, text: statements[name], values: [...values] });
    await client.query('begin');
    const { rows: inserted } = await run('event', rows.event);
    await run('unsequenced', [inserted[0]?.position]);
    await run('stream', rows.stream);
    for (const resource of rows.resources) await run('resource', resource);
    for (const version of rows.versions) await run('version', version);
    for (const grant of rows.grants ?? []) await run('grant', grant);
    if (rows.fact) await run('fact', rows.fact);
    await client.query('commit');
  } finally {
    client.release();
  }
}
