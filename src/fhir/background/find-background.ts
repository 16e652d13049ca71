import { factTopics } from '../../messaging/contracts/facts.js';
import { withoutNumbers } from '../../messaging/contracts/payloads/free-texts.js';
import { visible } from '../../access/choke-point.js';
import type { AccessContext } from '../../access/access-context.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { BackgroundPlan } from '../../persons/background-plans.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { CaseState } from '../../process/case/state.js';
import type { Uuid } from '../../process/vocabulary.js';

/** A care plan that is kept as background; `plan` is the journal's own id of it, `occurredAt` when it changed there. */
export type KeptPlan = {
  readonly sender: string;
  readonly plan: string;
  readonly occurredAt: string;
  readonly content: BackgroundPlan;
};

/** `plans` is absent where the caller sees the case but not its background; `seen` false: not even the case. */
export type Background = {
  readonly seen: boolean;
  readonly personId: Uuid | null;
  readonly plans?: readonly KeptPlan[];
};

type Row = {
  readonly personId: Uuid | null;
  readonly seen: boolean;
  readonly personal: boolean;
  readonly state: CaseState | null;
  readonly plans: readonly KeptPlan[];
};

/**
 * The case, decided by the choke point, and the background of its person, in one statement: whoever loses access, and a refusal,
 * count from their commit on. A frozen case is seen by all who take part, but holds nothing personal.
 */
const find = `
  select r.person_id as "personId", c.seen, r.personal, s.state,
    case when c.seen then coalesce((
      select json_agg(json_build_object(
        'sender', b.sender, 'plan', b.plan, 'occurredAt', b.occurred_at, 'content', b.content)
        order by b.occurred_at desc, b.sender, b.plan)
      from care_plan_background as b where b.person_id = r.person_id and not b.gone), '[]') end as plans
  from resource as r
  left join stream as s on s.id = r.stream_id
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  where r.type = 'CarePlan' and r.id = $1`;

/** The background of a case as the caller may read it now; undefined when there is no such case. */
export async function findBackground(
  database: Pick<SqlConnection, 'prepared'>,
  kinds: CaseKinds,
  { units }: AccessContext,
  caseId: Uuid,
): Promise<Background | undefined> {
  const { rows } = await database.prepared<Row>('background-find', find, [caseId, units]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { personId, seen, personal, state, plans } = row;
  const shared = seen && personal && state !== null && kinds.of(state).background?.shares(state) === true;
  return { seen, personId, ...(shared && { plans: plans.map(masked) }) };
}

/** What a version before this one kept may hold numbers (PAT-13): what is kept was masked by the rules of its time. */
const masked = (plan: KeptPlan): KeptPlan => ({
  ...plan,
  content: withoutNumbers(factTopics.carePlan, plan.content),
});
