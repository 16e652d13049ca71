import type { DataSource, EntityMetadata } from 'typeorm';
import { createDataSource } from './data-source.js';
import { sqlIndexDefinitions } from './entities/table.js';

const migrationTable = 'migration';

/**
 * Compares a migrated database with the entities, both ways. TypeORM's schema builder compares columns, keys and uniques
 * of the tables it knows; what it does not look at (tables without an entity, the definition of every index, identity
 * columns, the order of keys) is compared with PostgreSQL's own catalogue.
 * @returns one line for each difference; empty when they agree.
 */
export async function findDrift(url: string): Promise<readonly string[]> {
  const dataSource = await createDataSource(url).initialize();
  try {
    const builder = await dataSource.driver.createSchemaBuilder().log();
    return [
      ...builder.upQueries.map(({ query }) => `the entities would have: ${query}`),
      ...difference('table', await tablesOf(dataSource), new Set(names(dataSource))),
      ...difference('index', await indexesOf(dataSource), describedIndexes(dataSource)),
      ...difference('key', await keysOf(dataSource), describedKeys(dataSource)),
      ...difference('identity column', await identitiesOf(dataSource), describedIdentities(dataSource)),
    ];
  } finally {
    await dataSource.destroy();
  }
}

function difference(what: string, found: ReadonlySet<string>, described: ReadonlySet<string>): string[] {
  return [
    ...[...found].filter((item) => !described.has(item)).map((item) => `${what} in the schema only: ${item}`),
    ...[...described]
      .filter((item) => !found.has(item))
      .map((item) => `${what} in the entities only: ${item}`),
  ];
}

const names = (dataSource: DataSource) => dataSource.entityMetadatas.map((entity) => entity.tableName);

async function tablesOf(dataSource: DataSource): Promise<Set<string>> {
  const rows = await dataSource.query<{ name: string }[]>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> $1`,
    [migrationTable],
  );
  return new Set(rows.map((row) => row.name));
}

/** Indexes that back no constraint, as `table name definition`. */
async function indexesOf(dataSource: DataSource): Promise<Set<string>> {
  const rows = await dataSource.query<{ table: string; name: string; definition: string }[]>(
    `select t.relname as table, i.relname as name, pg_get_indexdef(i.oid) as definition
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      where t.relnamespace = 'public'::regnamespace
        and not exists (select 1 from pg_constraint c where c.conindid = i.oid)`,
  );
  return new Set(
    rows.map(({ table, name, definition }) => {
      const kind = definition.startsWith('CREATE UNIQUE') ? 'unique ' : '';
      return `${table} ${name} ${kind}${definition.split(' USING ')[1]}`;
    }),
  );
}

function describedIndexes(dataSource: DataSource): Set<string> {
  return new Set(
    dataSource.entityMetadatas.flatMap((entity) =>
      entity.indices.map((index) => {
        const plain = `btree (${index.columns.map((column) => quoted(column.databaseName)).join(', ')})`;
        return `${entity.tableName} ${index.name} ${sqlIndexDefinitions.get(index.name) ?? plain}`;
      }),
    ),
  );
}

/** As PostgreSQL prints it: `position` is a word of SQL. */
const quoted = (column: string) => (column === 'position' ? `"${column}"` : column);

/** Primary keys, as `table (columns)`. */
async function keysOf(dataSource: DataSource): Promise<Set<string>> {
  const rows = await dataSource.query<{ table: string; definition: string }[]>(
    `select t.relname as table, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_class t on t.oid = c.conrelid
      where c.contype = 'p' and t.relnamespace = 'public'::regnamespace and t.relname <> $1`,
    [migrationTable],
  );
  return new Set(rows.map(({ table, definition }) => `${table} ${definition}`));
}

function describedKeys(dataSource: DataSource): Set<string> {
  const key = (entity: EntityMetadata) =>
    entity.primaryColumns.map((column) => quoted(column.databaseName)).join(', ');
  return new Set(
    dataSource.entityMetadatas.map((entity) => `${entity.tableName} PRIMARY KEY (${key(entity)})`),
  );
}

/** Identity columns, as `table column ALWAYS`. */
async function identitiesOf(dataSource: DataSource): Promise<Set<string>> {
  const rows = await dataSource.query<{ described: string }[]>(
    `select concat_ws(' ', table_name, column_name, identity_generation) as described
       from information_schema.columns
      where table_schema = 'public' and is_identity = 'YES' and table_name <> $1`,
    [migrationTable],
  );
  return new Set(rows.map((row) => row.described));
}

/** Every generated column of the hub is `generated always as identity`; an entity schema can only say "generated". */
function describedIdentities(dataSource: DataSource): Set<string> {
  return new Set(
    dataSource.entityMetadatas.flatMap((entity) =>
      entity.generatedColumns.map((column) => `${entity.tableName} ${column.databaseName} ALWAYS`),
    ),
  );
}
