import type { SqlConnection } from '../../persistence/database.js';
import type { HsaId } from '../../process/vocabulary.js';
import type { AuditRecord } from './audit-record.js';

/** What a reviewer asks the trail: about a person, about a user, or both; in a span of time; from a place on. */
export type AuditQuestion = {
  readonly personId?: string;
  readonly actor?: string;
  /** SQL-free span: recorded at or after, and before (instants). */
  readonly from?: string;
  readonly before?: string;
  readonly after?: { readonly recordedAt: string; readonly id: string };
  readonly limit: number;
};

const columns = `id, recorded_at as "recordedAt", actor, unit, role, person_id as "personId", case_id as "caseId",
  action, outcome, detail`;

/** What the units of one organisation did; nobody reviews another's (ORG-3). A system's units stand in the detail. */
const ofUnits = (units: string) => `(unit = any(${units}) or (unit is null and detail->'units' ?| ${units}))`;

/** PAT-12: a person and everybody merged into her, also through others; what was read of them was read of her. */
const oneAndAbsorbed = (person: string) => `array(
  with recursive one(id) as (
    select ${person}::uuid
    union
    select absorbed::uuid
      from one
      join stream on stream.id = one.id and stream.type = 'person'
      cross join lateral json_array_elements_text(coalesce(stream.state -> 'absorbed', '[]')) as absorbed)
  select id from one)`;

/** Who and when a question is about, as SQL over the trail of some units. */
function conditionsOf(
  units: readonly HsaId[],
  { personId, actor, from, before, after }: AuditQuestion,
): { readonly where: string; readonly values: unknown[] } {
  const values: unknown[] = [units];
  const add = (value: unknown) => `$${values.push(value)}`;
  const where = [ofUnits('$1::text[]')];
  if (personId !== undefined) where.push(`person_id = any(${oneAndAbsorbed(add(personId))})`);
  // What has no role was done by a system, which may be called anything.
  if (actor !== undefined) where.push(`actor = ${add(actor)} and role is not null`);
  if (from !== undefined) where.push(`recorded_at >= ${add(from)}`);
  if (before !== undefined) where.push(`recorded_at < ${add(before)}`);
  if (after !== undefined) where.push(`(recorded_at, id) < (${add(after.recordedAt)}, ${add(after.id)})`);
  return { where: where.join(' and '), values };
}

/** How many records a question has. */
export async function countTrail(
  database: SqlConnection,
  units: readonly HsaId[],
  question: AuditQuestion,
): Promise<number> {
  const { where, values } = conditionsOf(units, question);
  const { rows } = await database.query<{ total: number }>(
    `select count(*)::integer as total from audit_record where ${where}`,
    values,
  );
  return rows[0]?.total ?? 0;
}

/** Newest first, at most `limit` records. A question about a person is also about who was merged into her (PAT-12). */
export async function askTrail(
  database: SqlConnection,
  units: readonly HsaId[],
  question: AuditQuestion,
): Promise<readonly AuditRecord[]> {
  const { where, values } = conditionsOf(units, question);
  const { rows } = await database.query<AuditRecord>(
    `select ${columns} from audit_record where ${where} order by recorded_at desc, id desc limit $${values.push(question.limit)}`,
    values,
  );
  return rows;
}

/** One record of what the units did; undefined where there is none of theirs. */
export async function findRecord(
  database: SqlConnection,
  units: readonly HsaId[],
  id: string,
): Promise<AuditRecord | undefined> {
  const { rows } = await database.query<AuditRecord>(
    `select ${columns} from audit_record where id = $2 and ${ofUnits('$1::text[]')}`,
    [units, id],
  );
  return rows[0];
}
