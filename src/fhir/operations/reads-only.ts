import { formOperations } from './of-forms.js';
import { isReadingOperation } from './reading.js';

/** Whether an operation of that name, without `$`, changes nothing: on a case or on a form. */
export const readsOnly = (operation: string): boolean =>
  isReadingOperation(operation) ||
  Object.entries(formOperations).some(([name, { reads }]) => name === operation && reads);
