import type { CarePlan, Patient, Task } from 'fhir/r4.js';
import { listedScopes, visible } from '../../access/choke-point.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { HsaId, Responsibility, Uuid } from '../../process/vocabulary.js';
import { codeSystems } from '../../projection/codes/codes.js';
import { systemToken } from '../../projection/search-tokens.js';

/** So many cases are looked through for one list. */
export const mostListed = 5_000;

/** So many to-dos of a case are shown with it; no case has as many open. */
const mostTasks = 2_000;

/** A listed case, as far as it says where it stands in the list. */
export type ListedCase = {
  readonly id: Uuid;
  /** When something of it last changed that the caller may see. */
  readonly changed: Date;
  /** Open to-dos of the caller's units that the role may do. */
  readonly todos: number;
  readonly hasContact: boolean;
  readonly patient?: Patient;
};

export type ListQuestion = {
  readonly units: readonly HsaId[];
  readonly now: Date;
  /** What the role may do; undefined: what any role of the units may. */
  readonly responsibilities?: readonly Responsibility[];
  /** Index entries of the contact asked for, any of them. */
  readonly contact: readonly string[];
  /** Whether name and number decide. */
  readonly patients: boolean;
};

/**
 * VIEW-1, VIEW-8: the cases on the list of the units, each with what decides its place. It begins at the rights that say until when a case is
 * listed, so it reads what the listed cases hold and nothing of others. `offset 0` keeps the planner to that way. Every row, also of what hangs
 * on a case, is decided by the choke point for itself; what a unit was told of other cases has no part in it.
 */
const find = `
  select r.id, held.changed, held.todos, held.contact as "hasContact", p.content as patient
  from (${listedScopes('$1', '$2')} limit ${mostListed + 1}) as listed
  cross join lateral (
    select plan.id, plan.person_id from resource as plan
    where plan.type = 'CarePlan' and plan.id = listed.scope and not plan.deleted and ${visible('plan', '$1')} offset 0) as r
  cross join lateral (
    select max(x.last_updated) as changed,
      (count(*) filter (where x.type = 'Task' and not x.deleted and x.owner = any($1::text[])
        and x.status in ('requested', 'received', 'accepted', 'in-progress')
        and ($3::text[] is null or x.tokens && $3::text[])))::integer as todos,
      coalesce(bool_or(x.type = 'CareTeam' and not x.deleted and x.tokens && $4::text[]), false) as contact
    from (select distinct g.scope from access_grant as g where g.stream_id = r.id and g.unit = any($1::text[])) as mine
    cross join lateral (
      select y.* from resource as y
      where y.scope = mine.scope and coalesce(y.case_id, y.stream_id) = r.id and ${visible('y', '$1')} offset 0) as x) as held
  left join lateral (
    select q.content from resource as q
    where $5::boolean and q.type = 'Patient' and q.id = r.person_id and not q.deleted and ${visible('q', '$1')} offset 0) as p on true`;

type Row = Omit<ListedCase, 'patient'> & { readonly patient: string | null };

/** The listed cases in no order; more than `mostListed` where there are more. */
export async function findListed(
  database: Pick<SqlConnection, 'prepared'>,
  { units, now, responsibilities, contact, patients }: ListQuestion,
): Promise<readonly ListedCase[]> {
  const performers =
    responsibilities?.map((each) => systemToken('performer', codeSystems.responsibility.system, each)) ??
    null;
  const { rows } = await database.prepared<Row>('work-list-find', find, [
    units,
    now,
    performers,
    contact,
    patients,
  ]);
  return rows.map(({ patient, ...row }) => ({
    ...row,
    ...(patient === null ? {} : { patient: JSON.parse(patient) as Patient }),
  }));
}

/** A case as the list shows it. */
export type ShownCase = {
  readonly id: Uuid;
  readonly personId: Uuid | null;
  readonly plan: CarePlan;
  readonly tasks: readonly Task[];
  readonly patient?: Patient;
};

/** What a page shows of its cases, each decided anew: one that is no longer the caller's to see is left out. */
const show = `
  select r.id, r.person_id as "personId", r.content as plan, p.content as patient, (
    select '[' || string_agg(t.content, ',') || ']' from (
      select t.content from resource as t
      where t.type = 'Task' and t.about && array[r.id] and not t.deleted and ${visible('t', '$2')}
      order by t.status not in ('completed', 'cancelled') desc, t.last_updated desc, t.id
      limit ${mostTasks}) as t) as tasks
  from unnest($1::uuid[]) as asked(id)
  cross join lateral (
    select plan.* from resource as plan
    where plan.type = 'CarePlan' and plan.id = asked.id and not plan.deleted and ${visible('plan', '$2')} offset 0) as r
  left join lateral (
    select q.content from resource as q
    where q.type = 'Patient' and q.id = r.person_id and not q.deleted and ${visible('q', '$2')} offset 0) as p on true`;

type ShownRow = Pick<ShownCase, 'id' | 'personId'> & {
  readonly plan: string;
  readonly patient: string | null;
  readonly tasks: string | null;
};

/** The cases of a page, by id. */
export async function findShown(
  database: Pick<SqlConnection, 'prepared'>,
  units: readonly HsaId[],
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, ShownCase>> {
  if (ids.length === 0) return new Map();
  const { rows } = await database.prepared<ShownRow>('work-list-show', show, [ids, units]);
  return new Map(
    rows.map(({ plan, patient, tasks, ...row }) => [
      row.id,
      {
        ...row,
        plan: JSON.parse(plan) as CarePlan,
        tasks: JSON.parse(tasks ?? '[]') as Task[],
        ...(patient === null ? {} : { patient: JSON.parse(patient) as Patient }),
      },
    ]),
  );
}
