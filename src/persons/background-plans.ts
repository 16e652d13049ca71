import type { Sql } from '../log/log.js';
import type { CarePlanFact } from '../messaging/contracts/facts.js';
import type { Uuid } from '../process/vocabulary.js';

/** What a care plan is called, of what kind it is, from when and between whom. */
export type BackgroundPlan = Pick<
  CarePlanFact,
  'status' | 'title' | 'categories' | 'period' | 'createdAt' | 'author' | 'receivers'
>;

/**
 * Which of two facts about a plan holds: the connector's own count decides. The source's clock does only between equal counts,
 * for it may be wrong, and a plan that is gone must not stay in sight until that clock has caught up.
 */
const newer = `on conflict (person_id, sender, plan) do update
  set occurred_at = excluded.occurred_at, sequence = excluded.sequence, gone = excluded.gone, content = excluded.content
  where (excluded.sequence, excluded.occurred_at) > (kept.sequence, kept.occurred_at)`;

const columns = 'person_id, sender, plan, occurred_at, sequence, gone, content';

/**
 * Keeps a plan as background of the person. What is gone stays as a mark without content, so that an older fact that comes late
 * brings nothing back.
 *
 * @returns false when what is kept is the same or newer
 */
export async function keepBackgroundPlan(sql: Sql, personId: Uuid, fact: CarePlanFact): Promise<boolean> {
  const { sender, plan, occurredAt, sequence, gone = false } = fact;
  const content = gone ? null : JSON.stringify(contentOf(fact));
  const { rowCount } = await sql.prepared(
    'background-keep',
    `insert into care_plan_background as kept (${columns}) values ($1, $2, $3, $4, $5, $6, $7) ${newer}`,
    [personId, sender, plan, occurredAt, sequence, gone, content],
  );
  return rowCount === 1;
}

/** Lets everything that is kept of one person be another's (PAT-12): of a plan that both have, what is newer. */
export async function moveBackgroundPlans(sql: Sql, from: Uuid, to: Uuid): Promise<void> {
  await sql.query(
    `insert into care_plan_background as kept (${columns})
     select $2, sender, plan, occurred_at, sequence, gone, content from care_plan_background where person_id = $1 ${newer}`,
    [from, to],
  );
  await forgetBackgroundPlans(sql, from);
}

/** Forgets every plan of a person, the marks of those that are gone too: told again, a plan is new. */
export async function forgetBackgroundPlans(sql: Sql, personId: Uuid): Promise<void> {
  await sql.query('delete from care_plan_background where person_id = $1', [personId]);
}

function contentOf({
  status,
  title,
  categories,
  period,
  createdAt,
  author,
  receivers,
}: CarePlanFact): BackgroundPlan {
  return {
    ...(status !== undefined && { status }),
    ...(title !== undefined && { title }),
    ...(categories !== undefined && { categories }),
    ...(period !== undefined && { period }),
    ...(createdAt !== undefined && { createdAt }),
    ...(author !== undefined && { author }),
    ...(receivers !== undefined && { receivers }),
  };
}
