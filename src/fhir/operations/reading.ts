import { backgroundOperation } from '../background/background-operation.js';
import { npoOperation } from '../npo/npo-operation.js';
import { overviewOperation } from '../overview/overview-operation.js';
import { paymentOperation } from '../payment/payment-operation.js';
import type { ReadingOperation } from './reading-operation.js';

/**
 * The operations on one CarePlan that read and change nothing: by GET, or by POST without parameters, as clients call operations
 * that do not know better. Each is one row, read by the facade and the CapabilityStatement, and published as OperationDefinitions
 * (`npm run docs`).
 * Reference: https://hl7.org/fhir/R4/operations.html#executing
 */
export const readingOperations = {
  background: backgroundOperation,
  'npo-decision': npoOperation,
  overview: overviewOperation,
  'payment-basis': paymentOperation,
} as const satisfies Readonly<Record<string, ReadingOperation>>;

export type ReadingOperationName = keyof typeof readingOperations;

/** Whether an operation of that name, without `$`, reads. */
export function isReadingOperation(name: string): name is ReadingOperationName {
  return Object.hasOwn(readingOperations, name);
}
