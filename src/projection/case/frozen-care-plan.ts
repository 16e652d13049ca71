import type { CarePlan, CodeableConcept } from 'fhir/r4.js';
import type { RenderedResource } from '../projection.js';
import { patientReference } from '../references.js';
import { codeToken, conceptTokens, referenceTokens } from '../search-tokens.js';
import { rendered, type CaseView } from './case-view.js';

/** What every case says of itself as CarePlan, frozen or not: what kind it is and how it stands. */
export type CaseStanding = {
  readonly status: CarePlan['status'];
  readonly category: readonly CodeableConcept[];
};

/** A frozen case says that it is and nothing more (PAT-6). */
export function frozenCarePlan(of: CaseView, standing: CaseStanding): RenderedResource {
  const content: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id: of.id,
    status: standing.status,
    intent: 'plan',
    category: [...standing.category],
    subject: patientReference(of.state.personId),
  };
  return rendered(of, content, { needs: 'none', tokens: standingTokens(of, standing) });
}

/** The search tokens of a case that is frozen, and of any other. */
export function standingTokens({ state }: CaseView, { status, category }: CaseStanding): string[] {
  const subject = patientReference(state.personId);
  return [
    codeToken('status', status),
    ...category.flatMap((each) => conceptTokens('category', each)),
    ...referenceTokens('subject', subject),
    ...referenceTokens('patient', subject),
  ];
}
