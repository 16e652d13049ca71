import { mergedTables } from '../merged-tables.js';
import { accessRules } from './access.js';
import { addressingRules } from './addressing.js';
import { consentRules } from './consent.js';
import { emergencySheetRules } from './emergency-sheet.js';
import { messagesRules } from './messages.js';
import { operationRules } from './operation.js';
import { organisationRules } from './organisation.js';
import { paymentRules } from './payment.js';
import { personRules } from './person.js';
import { sipRules } from './sip.js';
import { svuRules } from './svu.js';
import { viewsRules } from './views.js';

/**
 * Every rule the hub serves, by id, shortened to its gist. Tests, rejections and lines of code name these ids;
 * `npm run rules` shows which tests stand for which rule. `[skane]` and the like: a setting of that policy.
 */
export const rules = mergedTables(
  'rules',
  personRules,
  organisationRules,
  accessRules,
  consentRules,
  addressingRules,
  svuRules,
  sipRules,
  emergencySheetRules,
  messagesRules,
  viewsRules,
  paymentRules,
  operationRules,
);

/** The id of a rule, e.g. `SVU-2`. */
export type RuleId = keyof typeof rules;
