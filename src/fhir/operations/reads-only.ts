import { formOperations } from './of-forms.js';
import { typeOperations } from './of-types.js';
import { isReadingOperation } from './reading.js';

/** Whether an operation of that name, without `$`, changes nothing: on a case, a form or a type. */
export const readsOnly = (operation: string): boolean =>
  isReadingOperation(operation) ||
  Object.entries({ ...formOperations, ...typeOperations }).some(
    ([name, { reads }]) => name === operation && reads,
  );
