import type { Reference } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { Uuid } from '../../process/vocabulary.js';
import { actorReference } from '../../projection/form/form.js';
import { findCase } from '../operations/find-case.js';
import type { Signature } from './printed-form.js';

/**
 * Who has signed a document of a case, as the case says (VIEW-12): of each unit that takes part, and of none that has left.
 * @param document as policies name it
 * @param shown what is stored, as it may be read now (`asShown`)
 * @returns undefined unless all who are to sign have
 */
export async function findSignatures(
  database: Pick<SqlConnection, 'prepared'>,
  kinds: CaseKinds,
  access: AccessContext,
  caseId: Uuid,
  document: string,
  shown: (stored: string) => string,
): Promise<readonly Signature[] | undefined> {
  const { state } = (await findCase(database, access, caseId)) ?? {};
  const signatures = state && kinds.of(state).forms?.signatures?.(state, document);
  return signatures?.map(({ by, at }) => {
    const { display = '' } = JSON.parse(shown(JSON.stringify(actorReference(by)))) as Reference;
    return { by: display, at };
  });
}
