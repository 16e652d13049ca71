import type { CarePlan, Task } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import { visible } from '../../access/choke-point.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { Uuid } from '../../process/vocabulary.js';

/** A case as the caller may see it, with its to-dos that the caller may see. `seen` false: there is one, and not for this caller. */
export type FoundOverview =
  | { readonly seen: false; readonly personId: Uuid | null }
  | {
      readonly seen: true;
      readonly personId: Uuid | null;
      readonly plan: CarePlan;
      readonly tasks: readonly Task[];
    };

type Row = {
  readonly personId: Uuid | null;
  readonly seen: boolean;
  readonly plan: string | null;
  /** A JSON array. */
  readonly tasks: string | null;
};

/** So many to-dos of a case are looked at; the open ones first, then the newest. */
const mostTasks = 1000;

/** The case and its to-dos, also those of the streams under it, each decided by the choke point, in one statement: whoever loses access loses both at once. */
const find = `
  select r.person_id as "personId", c.seen, case when c.seen then r.content end as plan,
    case when c.seen then (
      select '[' || string_agg(t.content, ',') || ']' from (
        select t.content from resource as t
        where t.type = 'Task' and t.about && array[r.id] and not t.deleted and ${visible('t', '$2')}
        order by t.status not in ('completed', 'cancelled') desc, t.last_updated desc, t.id
        limit ${mostTasks}) as t) end as tasks
  from resource as r
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  where r.type = 'CarePlan' and r.id = $1`;

/** What the caller may know of a case and its to-dos now; undefined when there is no such case. */
export async function findOverview(
  database: Pick<SqlConnection, 'prepared'>,
  { units }: AccessContext,
  caseId: Uuid,
): Promise<FoundOverview | undefined> {
  const { rows } = await database.prepared<Row>('overview-find', find, [caseId, units]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { personId, seen, plan, tasks } = row;
  if (!seen || plan === null) return { seen: false, personId };
  return {
    seen: true,
    personId,
    plan: JSON.parse(plan) as CarePlan,
    tasks: JSON.parse(tasks ?? '[]') as Task[],
  };
}
