import { canonicalBase } from '../../projection/codes/codes.js';
import type { CaseKinds } from '../../cases/case-kind.js';
import { readingOperations } from './reading.js';

/** @throws Error at start, when an operation of a kind of case has the name of one that reads */
export function requireNamesApart({ operations }: Pick<CaseKinds, 'operations'>): void {
  const twice = Object.keys(readingOperations).find((name) => operations.has(name));
  if (twice !== undefined) throw new Error(`the operation ${twice} both reads and changes`);
}

/** What a parameter of these types refers to, by literal reference or by identifier (HSA-id). */
export const referenceTargets = {
  unit: ['Organization'],
  staff: ['Practitioner', 'PractitionerRole'],
} as const;

/** The canonical URL of an operation's OperationDefinition. */
export const operationCanonical = (name: string): string =>
  `${canonicalBase}/OperationDefinition/CarePlan-${name}`;
