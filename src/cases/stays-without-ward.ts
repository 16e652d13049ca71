import type { Directory } from '../directory/organisation.js';
import type { SqlConnection } from '../persistence/database.js';

/** How many stays are under way at no ward, or at one that is no unit of a hospital here: nobody there sees them. */
export async function staysWithoutWard(sql: SqlConnection, directory: Directory): Promise<number> {
  const { rows } = await sql.query<{ ward: string | null; stays: number }>(
    `select state ->> 'ward' as ward, count(*)::int as stays from stream
      where type = 'stay' and state ->> 'status' = 'in-progress' group by 1`,
  );
  return rows
    .filter(({ ward }) => ward === null || directory.unit(ward)?.side !== 'hospital')
    .reduce((sum, { stays }) => sum + stays, 0);
}
