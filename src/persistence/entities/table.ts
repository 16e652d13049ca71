import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaIndexOptions } from 'typeorm';

type Column = EntitySchemaColumnOptions;

export const text: Column = { type: 'text' };
export const uuid: Column = { type: 'uuid' };
export const integer: Column = { type: 'integer' };
export const smallint: Column = { type: 'smallint' };
export const bigint: Column = { type: 'bigint' };
export const bool: Column = { type: 'boolean' };
export const moment: Column = { type: 'timestamp with time zone' };
export const json: Column = { type: 'jsonb' };
/** Text that is JSON; unlike `jsonb` it keeps the order of fields. */
export const orderedJson: Column = { type: 'json' };
export const bytes: Column = { type: 'bytea' };
export const texts: Column = { type: 'text', array: true };
export const uuids: Column = { type: 'uuid', array: true };
/** `bigint generated always as identity` */
export const identity: Column = { type: 'bigint', generated: 'increment' };

export const nullable = (column: Column): Column => ({ ...column, nullable: true });
export const primary = (column: Column): Column => ({ ...column, primary: true });
export const unique = (column: Column): Column => ({ ...column, unique: true });
export const preset = (column: Column, value: string | number | boolean): Column => ({
  ...column,
  default: value,
});

/** Plain ascending btree indexes: name → columns. */
type Indexes = Readonly<Record<string, readonly string[]>>;
/** Indexes TypeORM cannot describe (partial, GIN, descending): name → what follows `using`, as PostgreSQL prints it. */
type SqlIndexes = Readonly<Record<string, string>>;

const sqlIndexes = new Map<string, string>();

/** The definitions of the indexes that are given as SQL, for the drift check. */
export const sqlIndexDefinitions: ReadonlyMap<string, string> = sqlIndexes;

/**
 * A table as TypeORM knows it. Property names are column names; primary columns stand in the key's order.
 * @param more composite uniques by constraint name, and indexes
 */
export function table(
  name: string,
  columns: Readonly<Record<string, Column>>,
  more: { uniques?: Indexes; indexes?: Indexes; sqlIndexes?: SqlIndexes } = {},
): EntitySchema<Record<string, unknown>> {
  for (const [index, definition] of Object.entries(more.sqlIndexes ?? {})) sqlIndexes.set(index, definition);
  const plain = Object.entries(more.indexes ?? {}).map(([index, columns]): EntitySchemaIndexOptions => ({
    name: index,
    columns: [...columns],
  }));
  const inSql = Object.keys(more.sqlIndexes ?? {}).map((index): EntitySchemaIndexOptions => ({
    name: index,
    synchronize: false,
  }));
  return new EntitySchema<Record<string, unknown>>({
    name,
    tableName: name,
    columns: { ...columns },
    indices: [...plain, ...inSql],
    uniques: Object.entries(more.uniques ?? {}).map(([name, columns]) => ({ name, columns: [...columns] })),
  });
}
