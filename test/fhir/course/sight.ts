import type { Communication, FhirResource, Task } from 'fhir/r4.js';
import type { SqlConnection } from '../../../src/persistence/database.js';
import { withStaffNames } from '../../../src/projection/staff-name.js';
import { cast } from './cast.js';
import { hidesHospital, knows, reads, type ModelCase } from './model.js';
import { kindOf } from './writes.js';

/** A resource of a case as it lies in the store, its staff named (nobody of the cast is protected), and the case it belongs to; none: a person. */
export type Row = {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly caseId: string | null;
  readonly content: FhirResource;
};

/** Everything of some types that is not gone; by case where one is named. */
export async function rowsOf(
  sql: SqlConnection,
  types: readonly string[],
  caseId?: string,
): Promise<readonly Row[]> {
  const { rows } = await sql.query<Omit<Row, 'content'> & { content: string }>(
    `select type, id, version, stream_id as "caseId", content from resource
      where type = any($1::text[]) and not deleted and ($2::uuid is null or stream_id = $2) order by last_updated, id`,
    [types, caseId ?? null],
  );
  return rows.map((row) => ({
    ...row,
    content: JSON.parse(withStaffNames(row.content, () => true)) as FhirResource,
  }));
}

/** To-dos of the hospital itself concern no receiver (ACC-2). */
const hospitalsOwn = new Set(['publish-admission-notice', 'address-by-hand']);
/** CON-5: not that the patient ever was ready, nor that a contact is asked for. */
const notInMinimum = new Set(['acknowledge-ready', 'appoint-contact']);
const hospitalUnits = new Set(
  Object.values(cast)
    .filter(({ side }) => side === 'hospital')
    .map(({ unit }) => unit),
);

/** Whether the unit may see it, by what the model knows of who takes part: no grant of the hub is asked. */
export function mayRead(row: Row, unit: string, cases: readonly ModelCase[]): boolean {
  if (row.type === 'Patient')
    return cases.some(
      (each) =>
        each.patient === row.id &&
        // VIEW-11: with the notice that the case is annulled.
        (reads(each, unit) || (each.phase === 'annulled' && each.person.has(unit))),
    );
  const of = cases.find(({ id }) => id === row.caseId);
  if (of === undefined) return false;
  if (row.type === 'Task') {
    const kind = kindOf(row.content as Task);
    const own = hospitalsOwn.has(kind) || (notInMinimum.has(kind) && hidesHospital(of));
    return reads(of, unit) && (!own || hospitalUnits.has(unit));
  }
  // CON-5: a harm assessment is in no minimum.
  if (row.type === 'QuestionnaireResponse' && hidesHospital(of) && !hospitalUnits.has(unit)) return false;
  return row.type === 'Communication'
    ? mayReadNotice(row.content as Communication, unit, of)
    : reads(of, unit);
}

function mayReadNotice(
  { category, payload, recipient = [], sent = '', subject }: Communication,
  unit: string,
  of: ModelCase,
): boolean {
  const kind = category?.[0]?.coding?.[0]?.code;
  if (of.phase === 'annulled')
    return kind === 'annulled' && (subject === undefined ? of.told : of.person).has(unit);
  const told = recipient.some(({ identifier }) => identifier?.value === unit);
  if (kind === 'todo-note') return told && reads(of, unit);
  // CON-8: that a case ended is told without the person to who never learnt who she is.
  if (kind?.startsWith('discharge') === true && subject === undefined) return knows(of, unit);
  // CON-5: not which unit of the hospital came or went.
  const text = payload?.[0]?.contentString ?? '';
  const hidden =
    hidesHospital(of) && /^Enhet: .*avdelning/mu.test(text) && of.units.get(unit)?.side !== 'hospital';
  if (hidden && of.units.has(unit)) return false;
  // SVU-42: one that names no ward is the hospital's alone.
  if (kind === 'ward-changed' && !text.includes('\nTill: '))
    return reads(of, unit) && of.units.get(unit)?.side === 'hospital';
  // CON-5: whom the hospital added to the draft or took out of it, which no receiver was told, is in no minimum.
  const inDraft = of.publishedAt !== undefined && sent < of.publishedAt;
  if (kind === 'participant-added')
    return knows(of, unit) && (!hidesHospital(of) || !inDraft || hospitalUnits.has(unit));
  if (kind === 'participant-removed' && hidesHospital(of) && inDraft)
    return reads(of, unit) && hospitalUnits.has(unit);
  // ADR-10: a unit that is gone reads that it was removed; who takes part reads it too.
  if (kind === 'participant-removed') return knows(of, unit) || (told && !of.units.has(unit));
  return reads(of, unit);
}
