import { catalogueTables } from './catalogue.js';
import { logTables } from './log.js';
import { messagingTables } from './messaging.js';
import { personTables } from './persons.js';
import { requestTables } from './requests.js';
import { resourceTables } from './resource.js';

/** Every table of the hub. `findDrift` holds them against the migrated schema. */
export const entities = [
  ...logTables,
  ...resourceTables,
  ...personTables,
  ...messagingTables,
  ...requestTables,
  ...catalogueTables,
];
