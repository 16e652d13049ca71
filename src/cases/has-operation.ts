import type { Uuid } from '../process/vocabulary.js';
import type { CasesDependencies } from './dependencies.js';
import type { Operation } from './operations/operation.js';

/** Whether a case is of a kind that has this operation. Of an operation that every kind has nothing is asked. */
export async function hasOperation(
  { kinds, sql }: Pick<CasesDependencies, 'kinds' | 'sql'>,
  caseId: Uuid | null,
  operation: Operation,
): Promise<boolean> {
  if (kinds.all.every(({ operations }) => operations.includes(operation))) return true;
  const { rows } = await sql.query<{ type: string }>('select type from stream where id = $1', [caseId]);
  return kinds.ofStream(rows[0]?.type)?.operations.includes(operation) === true;
}
