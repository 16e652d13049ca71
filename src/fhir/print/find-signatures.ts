import type { Reference } from 'fhir/r4.js';
import { visible } from '../../access/choke-point.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { CaseState } from '../../process/case/state.js';
import type { Uuid } from '../../process/vocabulary.js';
import { actorReference } from '../../projection/form/form.js';
import type { Signature } from './printed-form.js';

/** The case of a form as it is, for those who see it with what is personal, decided by the choke point in the same statement. */
const find = `
  select s.state from resource as r join stream as s on s.id = r.stream_id
  where r.type = 'CarePlan' and r.id = $1 and r.personal and not r.deleted and ${visible('r', '$2')}`;

/**
 * Who has signed a document of a case, as the case says (VIEW-12): of each unit that takes part, and of none that has left.
 * @param document as policies name it
 * @param shown what is stored, as it may be read now (`asShown`)
 * @returns undefined unless all who are to sign have
 */
export async function findSignatures(
  database: Pick<SqlConnection, 'prepared'>,
  kinds: CaseKinds,
  { units }: AccessContext,
  caseId: Uuid,
  document: string,
  shown: (stored: string) => string,
): Promise<readonly Signature[] | undefined> {
  const { rows } = await database.prepared<{ readonly state: CaseState | null }>('print-signatures', find, [
    caseId,
    units,
  ]);
  const state = rows[0]?.state ?? undefined;
  const signatures = state && kinds.of(state).forms?.signatures?.(state, document);
  return signatures?.map(({ by, at }) => {
    const { display = '' } = JSON.parse(shown(JSON.stringify(actorReference(by)))) as Reference;
    return { by: display, at };
  });
}
