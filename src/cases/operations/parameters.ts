import type { OperationParameter } from './operation.js';

/** Parameters that several operations take. */

export const reason = {
  name: 'reason',
  field: 'reason',
  type: 'string',
  min: 0,
  max: '1',
  sv: 'Orsak.',
  en: 'Reason.',
} as const satisfies OperationParameter;

/** The minimum of a refusal has no reasons, and nothing is shared while no decision stands (CON-5, CON-8). */
export const reasonOfDecision = {
  ...reason,
  sv: 'Orsak. Ska utelämnas vid nekat samtycke och när inget beslut gäller.',
  en: 'Reason. To be left out under a refusal, and on a published case without a current decision.',
} as const satisfies OperationParameter;
