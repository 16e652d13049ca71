import type { CarePlan, CodeableConcept } from 'fhir/r4.js';
import type { CaseKind, CaseKinds } from '../../cases/kinds/case-kind.js';
import type { UserActor } from '../../process/vocabulary.js';
import { readConcept } from '../submitted/read-concept.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { readNumber } from './asked-number.js';
import { pathOfOpening, readOpeningElement } from './read-opening-element.js';

/** What a client says when it opens a case; `asked`: by the fields that the kind names. */
export type CarePlanInput = {
  readonly kind: CaseKind;
  readonly number: string;
  readonly asked: Readonly<Record<string, string>>;
};

/** Where in the CarePlan a field of the opening stands, for rejections. */
export function expressionOfOpening({ carePlan }: CaseKind, field: string): string | undefined {
  if (field === 'personId') return 'CarePlan.subject.identifier';
  const row = carePlan.elements.find((each) => each.field === field);
  return row && `CarePlan.${pathOfOpening(row)}`;
}

/**
 * Reads the CarePlan that opens a case (design, section 6): its category says of which kind, and the rows of the kind say what else is in it;
 * the unit is the token's. Faults are noted on what was sent.
 */
export function readCarePlan(
  plan: Submitted<CarePlan>,
  kinds: CaseKinds,
  by: UserActor,
  catalogue: CatalogueReferences,
): CarePlanInput | undefined {
  require(plan, 'status', 'draft');
  require(plan, 'intent', 'plan');
  const categories = plan
    .children('category')
    .map((category) => ({ category, says: kinds.all.find((each) => says(each, category)) }));
  const kind = categories.find((each) => each.says !== undefined)?.says;
  // Without a kind, the rest is read as of the first, so that all faults are answered at once.
  const { carePlan } = kind ?? kinds.all[0];
  if (plan.value('title') !== undefined) require(plan, 'title', carePlan.title);
  const expected = (kind === undefined ? kinds.all : [kind]).map(codeOf).join(', ');
  if (categories.length === 0) plan.fault('value-not-taken', '.category', { expected });
  // One of another kind would say that the case is something else too.
  for (const { category, says: said } of categories)
    if (said === undefined || said !== kind) category.fault('value-not-taken', '', { expected });
  const author = readReference(plan.child('author'), 'Organization');
  if (author !== undefined && catalogue.unit(author) !== by.unit)
    plan.fault('value-not-taken', '.author', { expected: by.unit });
  const number = readNumber(plan, plan.child('subject'));
  const asked: Record<string, string> = {};
  let complete = true;
  for (const row of carePlan.elements) {
    const value = readOpeningElement(plan, row, number);
    if (value !== undefined) asked[row.field] = value;
    else if (row.required === true) complete = false;
  }
  return kind === undefined || number === undefined || !complete ? undefined : { kind, number, asked };
}

function require(plan: Submitted<CarePlan>, name: 'status' | 'intent' | 'title', expected: string): void {
  if (plan.value(name) !== expected) plan.fault('value-not-taken', `.${name}`, { expected });
}

/** Whether a category says that the case is of the kind. */
function says({ carePlan }: CaseKind, category: Submitted<CodeableConcept>): boolean {
  return carePlan.category.some((codes) => readConcept<string>(category, codes) !== undefined);
}

function codeOf({ carePlan }: CaseKind): string {
  const [{ system, concepts }] = carePlan.category;
  return Object.keys(concepts)
    .map((code) => `${system}|${code}`)
    .join(', ');
}
