import type { Sql } from './log.js';

/** What is rebuilt from the log, with its key. The rest of the tables is not a function of the log. */
const rebuiltTables = {
  stream: ['id'],
  resource: ['type', 'id'],
  resource_version: ['type', 'id', 'version'],
  access_grant: ['scope', 'unit', 'stream_id'],
} as const;

type RebuiltTable = keyof typeof rebuiltTables;

/** How live and rebuilt differ. `examples` are keys of at most ten rows; keys carry no personal data. */
export type TableDifference = {
  readonly table: RebuiltTable;
  readonly onlyLive: number;
  readonly onlyRebuilt: number;
  readonly different: number;
  readonly examples: readonly string[];
};

const tableNames = Object.keys(rebuiltTables) as RebuiltTable[];
/** Rows that no stream wrote (e.g. the directory's resources) are not the log's and stay as they are. */
const fromTheLog: Partial<Record<RebuiltTable, string>> = {
  resource: 'where stream_id is not null',
  resource_version: 'where stream_id is not null',
};

/** Makes the empty tables beside the live ones, or keeps those of a rebuild that was cut short if this version began it. */
export async function prepareRebuildTables(sql: Sql, resume: boolean, version: string): Promise<void> {
  if (!resume || (await versionOfRebuild(sql)) !== version) await dropRebuildTables(sql);
  await sql.query('create schema if not exists rebuild');
  for (const table of tableNames) {
    await sql.query(`create table if not exists rebuild.${table} (like public.${table} including all)`);
  }
  await sql.query('create table if not exists rebuild.progress (sequence bigint not null, version text)');
  await sql.query(
    'insert into rebuild.progress select 0, $1 where not exists (select 1 from rebuild.progress)',
    [version],
  );
}

/** The version of the program that began the rebuild whose tables are there; undefined for none, or one from before versions. */
async function versionOfRebuild(sql: Sql): Promise<string | undefined> {
  const { rows: tables } = await sql.query(`select 1 where to_regclass('rebuild.progress') is not null`);
  if (tables.length === 0) return undefined;
  const { rows } = await sql.query<{ version: string | null }>(
    `select to_jsonb(progress) ->> 'version' as version from rebuild.progress as progress`,
  );
  return rows[0]?.version ?? undefined;
}

/** Compares every table row by row, as text, so the order of JSON's fields counts too. */
export async function compareTables(sql: Sql): Promise<readonly TableDifference[]> {
  const differences: TableDifference[] = [];
  for (const table of tableNames) {
    const key = rebuiltTables[table].map((column) => `coalesce(live.${column}, built.${column})`);
    const { rows } = await sql.query<Omit<TableDifference, 'table'>>(
      `select count(*) filter (where built.image is null) as "onlyLive",
              count(*) filter (where live.image is null) as "onlyRebuilt",
              count(*) filter (where live.image <> built.image) as different,
              coalesce((array_agg(concat_ws(' ', ${key.join(', ')})))[1:10], '{}') as examples
         ${differingRows(table)}`,
    );
    const found = rows[0];
    if (found && found.onlyLive + found.onlyRebuilt + found.different > 0) {
      differences.push({ table, ...found });
    }
  }
  return differences;
}

/** Makes the live tables equal to the rebuilt ones by writing only what differs; readers see one or the other. */
export async function swapTables(sql: Sql): Promise<void> {
  for (const table of tableNames) {
    const same = rebuiltTables[table].map((column) => `target.${column} = built.${column}`).join(' and ');
    await sql.query(
      `delete from public.${table} as target
        using (select live.* ${differingRows(table)} and live.image is not null) as built
        where ${same}`,
    );
    await sql.query(
      `insert into public.${table} select built.* from rebuild.${table} as built
        where not exists (select 1 from public.${table} as target where ${same})`,
    );
  }
  await dropRebuildTables(sql);
}

export async function dropRebuildTables(sql: Sql): Promise<void> {
  await sql.query('drop schema if exists rebuild cascade');
}

function differingRows(table: RebuiltTable): string {
  const key = rebuiltTables[table];
  const keyed = (schema: string) =>
    `(select ${key.join(', ')}, t::text as image from ${schema}.${table} t ${fromTheLog[table] ?? ''})`;
  return `from ${keyed('public')} as live full join ${keyed('rebuild')} as built using (${key.join(', ')})
         where live.image is distinct from built.image`;
}
