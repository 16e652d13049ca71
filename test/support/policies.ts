import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import type { Policy } from '../../src/process/policy/policy.js';
import { readPolicies } from '../../src/policies/read-policies.js';

/** The policies that come with the hub, as the hub reads them. */
export const policies = readPolicies('policies', caseKinds.all);

/** Their names, for what the tests tell of each. */
export const policyNames = ['skane', 'norrbotten', 'vasterbotten'] as const;
export type PolicyName = (typeof policyNames)[number];

/** The policy that a new case is opened under. */
export function newest(name: PolicyName): Policy {
  const policy = policies.newest(name);
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  return policy;
}
