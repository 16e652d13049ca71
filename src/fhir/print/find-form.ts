import type { Patient, QuestionnaireResponse } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid, visible } from '../../access/choke-point.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { Uuid } from '../../process/vocabulary.js';

/** A form as the caller may see it, with whom it is about. `seen` false: there is one, and not for this caller. */
export type FoundForm = { readonly personId: Uuid | null; readonly caseId: Uuid | null } & (
  | { readonly seen: false }
  | { readonly seen: true; readonly form: QuestionnaireResponse; readonly patient?: Patient }
);

type Row = {
  readonly personId: Uuid | null;
  readonly caseId: Uuid | null;
  readonly seen: boolean;
  readonly form: string | null;
  readonly patient: string | null;
};

/** The form and its patient, each decided by the choke point, in one statement: whoever loses access loses both at once. */
const find = `
  select r.person_id as "personId", coalesce(r.case_id, r.stream_id) as "caseId", c.seen,
    case when c.seen then r.content end as form,
    case when c.seen then (
      select p.content from resource as p
      where p.type = 'Patient' and p.id = r.person_id and not p.deleted and ${visible('p', '$2')}) end as patient
  from resource as r
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  where r.type = 'QuestionnaireResponse' and r.id = $1`;

/**
 * A form and whom it is about, as the caller may read them now; undefined when there is no such form.
 * @param shown what is stored, as it may be read now (`asShown`): names of staff who are protected are withheld
 */
export async function findForm(
  database: Pick<SqlConnection, 'prepared'>,
  { units }: AccessContext,
  id: string,
  shown: (stored: string) => string,
): Promise<FoundForm | undefined> {
  if (!isUuid(id)) return undefined;
  const { rows } = await database.prepared<Row>('print-find', find, [id, units]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { personId, caseId, seen, form, patient } = row;
  if (!seen || form === null) return { personId, caseId, seen: false };
  return {
    personId,
    caseId,
    seen: true,
    form: JSON.parse(shown(form)) as QuestionnaireResponse,
    ...(patient === null ? {} : { patient: JSON.parse(patient) as Patient }),
  };
}
