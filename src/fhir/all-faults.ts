import { mergedTables } from '../process/merged-tables.js';
import { accessFaults } from './http/access-faults.js';
import { requestFaults } from './http/request-faults.js';
import { searchFaults } from './search/search-faults.js';

/**
 * What the facade itself refuses, before or beside the process (whose texts are in `src/process/rejections/shared-rejections.ts`);
 * what the writing side refuses is in `write/write-faults.ts`. The answers and the tests come from these.
 */
export const allFaults = mergedTables('faults', accessFaults, requestFaults, searchFaults);

export type FaultCode = keyof typeof allFaults;
