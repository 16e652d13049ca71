import type { AccessContext } from '../../access/access-context.js';
import { touchedBy } from '../trail.js';
import type { Trail } from '../trail.js';

/** A resource that a search showed. */
export type ShownRow = {
  readonly type: string;
  readonly id: string;
  readonly streamId: string | null;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly content: string;
};

/**
 * Writes a search into the trail: one record for each person and case that something was shown of, so that the trail of a
 * person is whole (ACC-5), or one without a person where nothing of anybody was. Names of parameters, never their values.
 */
export function recordSearch(
  trail: Trail,
  access: AccessContext,
  type: string,
  parameters: readonly string[],
  shown: readonly ShownRow[],
  total: number | undefined,
): Promise<void> {
  const common = { type, parameters, ...(total === undefined ? {} : { total }) };
  const groups = Map.groupBy(shown, (row) => {
    const { personId, caseId, ground } = touchedBy(row.type, row);
    return `${personId ?? ''} ${caseId ?? ''} ${ground ?? ''}`;
  });
  if (groups.size === 0) return trail.record(access, 'search-type', 'success', {}, common);
  return trail.recordAll(
    [...groups.values()].map((rows) => ({
      context: access,
      action: 'search-type',
      outcome: 'success',
      touched: rows[0] ? touchedBy(rows[0].type, rows[0]) : {},
      detail: { ...common, resources: rows.map((row) => `${row.type}/${row.id}`) },
    })),
  );
}
