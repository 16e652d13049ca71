import { canonicalBase } from '../../projection/codes/codes.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import { formOperations } from './of-forms.js';
import { typeOperations } from './of-types.js';
import { readingOperations } from './reading.js';

/** @throws Error at start, when an operation of a kind of case has the name of one that reads, or is on forms or on a type */
export function requireNamesApart({ operations }: Pick<CaseKinds, 'operations'>): void {
  const own = [
    ...Object.keys(readingOperations),
    ...Object.keys(formOperations),
    ...Object.keys(typeOperations),
  ];
  const twice = own.find((name) => operations.has(name));
  if (twice !== undefined) throw new Error(`the operation ${twice} is one of every case, and one of a kind`);
}

/** What a parameter of these types refers to, by literal reference or by identifier (HSA-id). */
export const referenceTargets = {
  unit: ['Organization'],
  staff: ['Practitioner', 'PractitionerRole'],
} as const;

/** The canonical URL of an operation's OperationDefinition. */
export const operationCanonical = (name: string, on = 'CarePlan'): string =>
  `${canonicalBase}/OperationDefinition/${on}-${name}`;
