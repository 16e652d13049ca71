import type { SqlConnection } from '../../persistence/database.js';

/** The last group of a chain, as the database has it. */
export type ChainHead = {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
  readonly format: number;
};

type Reader = Pick<SqlConnection, 'query'>;

/** Walks an index from chain to chain, so the cost is that of the number of chains, never of the records. */
const chainsOf = (table: 'audit_group' | 'audit_record') => `
  with recursive chain(id) as (
    (select chain from ${table} order by chain limit 1)
    union all
    select (select t.chain from ${table} as t where t.chain > chain.id order by t.chain limit 1)
    from chain where chain.id is not null)
  select chain.id from chain where chain.id is not null`;

/** The last group of every chain, the chain written latest first. */
export async function chainHeads(database: Reader): Promise<readonly ChainHead[]> {
  const { rows } = await database.query<ChainHead>(
    `select c.id as chain, h.number, h.hash, h.format from (${chainsOf('audit_group')}) as c
     cross join lateral (select number, hash, format, recorded_at from audit_group as g
       where g.chain = c.id order by g.number desc limit 1) as h
     order by h.recorded_at desc, c.id`,
  );
  return rows;
}

/** Chains that records name and no group has. */
export async function chainsWithoutGroups(database: Reader): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select c.id from (${chainsOf('audit_record')}) as c
     where not exists (select from audit_group as g where g.chain = c.id)`,
  );
  return rows.map(({ id }) => id);
}
