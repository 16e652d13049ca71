import { byName } from '../../src/cases/operations/operation.js';
import { svuOperations } from '../../src/cases/operations/svu/svu-operations.js';

/** The operations on coordination at discharge, by name. */
export const operationDefinitions = byName(svuOperations);

export type OperationName = keyof typeof operationDefinitions;
