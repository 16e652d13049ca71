import type { Communication } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { policyNames } from '../support/policies.js';
import { units } from '../support/process/cast.js';
import { publishedCase, refuse, step } from '../support/process/svu.js';

/** Which units read which notices that a unit was removed: by the scope of each. */
function readersOfRemovals(state: SvuState): readonly (readonly string[])[] {
  const { resources, grants } = projectSvu('0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01', state);
  return resources
    .filter(
      ({ content }) =>
        content.resourceType === 'Communication' &&
        (content as Communication).category?.[0]?.coding?.[0]?.code === 'participant-removed',
    )
    .map(({ scope }) => grants.filter((grant) => grant.scope === scope).map(({ unit }) => unit));
}
const removed = (unit: string) => step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' });

describe.each(policyNames)('Who was removed from a case one after the other, under %s', (policy) => {
  const left = publishedCase(policy).after(removed(units.needsAssessment), removed(units.homeNursing));

  it.each([
    ['shared', left.state],
    ['under a refusal', left.after(refuse).state],
  ])(
    `ACC-7, ADR-10 (${policy}): each reads that it was removed itself, and of no other, %s`,
    (_what, state) => {
      const [first = [], second = []] = readersOfRemovals(state);
      expect(first).toContain(units.needsAssessment);
      expect(first).not.toContain(units.homeNursing);
      expect(second).toContain(units.homeNursing);
      expect(second).not.toContain(units.needsAssessment);
    },
  );
});
