import type { SqlConnection } from '../../persistence/database.js';

export type ChainHead = { readonly chain: string; readonly number: number; readonly hash: string };

/** Heads that a new chain holds on to; older ones are held by the chains that came after them. */
const heldHeads = 64;

/** Walks the index from chain to chain, so the cost is that of the number of chains, never of the records. */
const chains = `
  with recursive chain(id) as (
    (select chain from audit_group order by chain limit 1)
    union all
    select (select g.chain from audit_group as g where g.chain > chain.id order by g.chain limit 1)
    from chain where chain.id is not null)
  select chain.id from chain where chain.id is not null`;

/** The last group of each of the chains written latest. */
export async function chainHeads(database: Pick<SqlConnection, 'query'>): Promise<readonly ChainHead[]> {
  const { rows } = await database.query<ChainHead>(
    `select c.id as chain, h.number, h.hash from (${chains}) as c
     cross join lateral (select number, hash, recorded_at from audit_group as g
       where g.chain = c.id order by g.number desc limit 1) as h
     order by h.recorded_at desc, c.id limit ${heldHeads}`,
  );
  return rows.map(({ chain, number, hash }) => ({ chain, number, hash }));
}

/** Every chain there is. */
export async function chainIds(database: Pick<SqlConnection, 'query'>): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(chains);
  return rows.map(({ id }) => id);
}
