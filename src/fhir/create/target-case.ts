import type { CasesDependencies } from '../../cases/dependencies.js';
import type { Sql } from '../../log/log.js';
import type { UserActor, Uuid } from '../../process/vocabulary.js';
import { fault } from '../outcome.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { requireTarget } from '../write/target.js';
import type { Step, WriteRequest } from '../write/writer.js';
import { requirePerson } from './named-person.js';
import type { NamedPerson } from './named-person.js';

/** What is known where a resource under a case is read. */
export type UnderCaseContext = {
  readonly references: CatalogueReferences;
  readonly by: UserActor;
  readonly now: Date;
  /** Whose the case is. Throws where the caller may not see it: nothing else of what was sent is told then (ACC-1). */
  readonly requireCase: (caseId: Uuid) => Promise<Uuid>;
};

/** What a create of one request knows of the case that it names. */
export function underCase(
  request: WriteRequest,
  step: Step,
  references: CatalogueReferences,
  cases: Pick<CasesDependencies, 'sql' | 'now'>,
): UnderCaseContext {
  return {
    references,
    by: step.by,
    now: cases.now(),
    requireCase: async (caseId) => {
      const { personId } = await requireTarget(cases.sql, request, 'CarePlan', caseId, step);
      if (personId === null) throw fault('not-found');
      return personId;
    },
  };
}

/**
 * First in the transaction: the caller still sees the case, and it is about whom the client named.
 * @throws {FhirError} 404 where the caller does not, 422 where it is about another person
 */
export async function requireNamedCase(
  sql: Sql,
  request: WriteRequest,
  step: Step,
  { caseId, persons }: { readonly caseId: Uuid; readonly persons: readonly NamedPerson[] },
): Promise<void> {
  requirePerson(persons, await requireTarget(sql, request, 'CarePlan', caseId, step));
}
