import type { Parameters } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { Uuid } from '../../process/vocabulary.js';
import { findOverview } from '../overview/find-overview.js';
import { overviewOf } from '../overview/overview.js';
import type { Signature } from './printed-form.js';

/**
 * Who has signed a document of a case, as the overview tells the caller (VIEW-12): for each unit the last who did.
 * @param step the step of the case that the document is
 * @param shown what is stored, as it may be read now (`asShown`)
 * @returns undefined unless all who are to sign have
 */
export async function findSignatures(
  database: Pick<SqlConnection, 'prepared'>,
  { todos }: Pick<CaseKinds, 'todos'>,
  access: AccessContext,
  caseId: Uuid,
  step: string,
  shown: (stored: string) => string,
): Promise<readonly Signature[] | undefined> {
  const found = await findOverview(database, access, caseId);
  if (found?.seen !== true) return undefined;
  const stepOf = (kind: string) => (Object.hasOwn(todos, kind) ? todos[kind]?.step : undefined);
  const overview = overviewOf(found.plan, found.tasks, { units: access.units }, stepOf);
  const { parameter = [] } = JSON.parse(shown(JSON.stringify(overview))) as Parameters;
  const parts = parameter
    .map(({ part = [] }) => part)
    .find((each) => each.some(({ name, valueCoding }) => name === 'step' && valueCoding?.code === step));
  if (!parts?.some(({ name, valueCoding }) => name === 'state' && valueCoding?.code === 'done'))
    return undefined;
  return parts
    .filter(({ name }) => name === 'done')
    .map(({ part = [] }) => ({
      code: part.find(({ name }) => name === 'code')?.valueCodeableConcept?.coding?.[0]?.code ?? '',
      by: part.find(({ name }) => name === 'by')?.valueReference?.display ?? '',
      at: part.find(({ name }) => name === 'at')?.valueDateTime ?? '',
    }))
    .filter(({ code }) => code === `sign-${step}`)
    .map(({ by, at }) => ({ by, at }));
}
