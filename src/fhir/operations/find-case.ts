import type { AccessContext } from '../../access/access-context.js';
import { visible } from '../../access/choke-point.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { CaseState } from '../../process/case/state.js';
import type { Uuid } from '../../process/vocabulary.js';

/** A case for who asks. `seen` false: there is one, and not for this caller. Without `state`: it is seen and holds nothing personal, as one that is frozen. */
export type FoundCase = {
  readonly personId: Uuid | null;
  readonly seen: boolean;
  readonly state?: CaseState;
};

type Row = {
  readonly personId: Uuid | null;
  readonly seen: boolean;
  readonly state: CaseState | null;
};

/** Decided by the choke point in the statement that reads; what is not to be read is not fetched. */
const find = `
  select r.person_id as "personId", c.seen, case when c.seen and r.personal then s.state end as state
  from resource as r
  left join stream as s on s.id = r.stream_id
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  where r.type = 'CarePlan' and r.id = $1`;

/** A case as it is, for what is derived of it when it is asked; undefined when there is none. What of it is shared the kind of case decides. */
export async function findCase(
  database: Pick<SqlConnection, 'prepared'>,
  { units }: Pick<AccessContext, 'units'>,
  caseId: Uuid,
): Promise<FoundCase | undefined> {
  const { rows } = await database.prepared<Row>('case-find', find, [caseId, units]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { personId, seen, state } = row;
  return { personId, seen, ...(state === null ? {} : { state }) };
}
