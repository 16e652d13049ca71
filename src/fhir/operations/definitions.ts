import { byName } from '../../cases/operations/operation.js';
import type { Operation } from '../../cases/operations/operation.js';
import { svuOperations } from '../../cases/operations/svu/svu-operations.js';
import { canonicalBase } from '../../projection/codes/codes.js';
import { readingOperations } from './reading.js';

/**
 * The operations on CarePlan that move a case (`reading.ts` has those that do not), by name: the rows that the kinds of cases bring, read by the facade and
 * the CapabilityStatement, and published as OperationDefinitions (`npm run docs`). Every operation is called on one CarePlan with POST, changes
 * it, and answers with the CarePlan as it now is (`return`). Reference: https://hl7.org/fhir/R4/operationdefinition.html
 */
export const operationDefinitions = byName(svuOperations);

export type OperationName = keyof typeof operationDefinitions;

const twice = Object.keys(operationDefinitions).find((name) => Object.hasOwn(readingOperations, name));
if (twice !== undefined) throw new Error(`the operation ${twice} both reads and changes`);

/** What a parameter of these types refers to, by literal reference or by identifier (HSA-id). */
export const referenceTargets = {
  unit: ['Organization'],
  staff: ['Practitioner', 'PractitionerRole'],
} as const;

/** The canonical URL of an operation's OperationDefinition. */
export const operationCanonical = (name: string): string =>
  `${canonicalBase}/OperationDefinition/CarePlan-${name}`;

/** The operation of that name, without `$`; undefined where there is none. */
export function operationNamed(name: string): Operation | undefined {
  const table: Readonly<Record<string, Operation>> = operationDefinitions;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
