import { mergedTables } from '../process/merged-tables.js';
import { accessRefusals } from './http/access-refusals.js';
import { requestRefusals } from './http/request-refusals.js';
import { searchRefusals } from './search/search-refusals.js';

/**
 * What the facade itself refuses, before or beside the process (whose texts are in `src/process/rejections/all-rejections.ts`);
 * what the writing side refuses is in `write/refusals.ts`. The answers and the tests come from these.
 */
export const refusalTexts = mergedTables('refusals', accessRefusals, requestRefusals, searchRefusals);

export type RefusalCode = keyof typeof refusalTexts;
