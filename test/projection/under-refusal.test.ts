import { reaches } from '../../src/process/case/shared-level.js';
import { policyOfSvu } from '../../src/process/svu/settings.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { directoryId, practitionerRoleId } from '../../src/projection/identity.js';
import type { Projection, RenderedResource } from '../../src/projection/projection.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { admittedAt, consultant, doctorName, everyState, otherWard, secret } from './any-journey.js';
import { caseId, nurse, stayId, ward } from './states.js';

/**
 * CON-5 over whatever a case can become: everything that a receiver may see of a case that shares the minimum, with its search
 * index, is looked through for what leads to anything that its policy does not list.
 */

const wards = [ward, otherWard];
const leadsToUnit = (unit: string) => [unit, directoryId(unit)];

/** What must be found nowhere, and by what it would be known. */
function forbidden(state: SvuState): ReadonlyMap<string, readonly string[]> {
  const minimum = policyOfSvu(state).minimumUnderRefusal;
  const staff = wards.map((unit) => practitionerRoleId(nurse.user, unit));
  return new Map([
    ['free text', [secret]],
    ['staff of the hospital', [nurse.user, directoryId(nurse.user), ...staff, doctorName]],
    ['the stay', [stayId]],
    ['other units of the hospital', [...leadsToUnit(consultant), 'Konsulten']],
    ['that the patient was ready', ['acknowledge-ready', 'notice","code":"ready', 'notice#ready']],
    ['a harm assessment', ['QuestionnaireResponse']],
    ...(minimum.includes('ward')
      ? []
      : ([['the ward', [...wards.flatMap(leadsToUnit), 'Avdelning 12', 'Avdelning 14']]] as const)),
    ...(minimum.includes('admission-date')
      ? []
      : ([['the admission', [admittedAt.slice(0, 10), '2026-11-20T07:13']]] as const)),
    ...(minimum.includes('brochure')
      ? []
      : ([['the brochure', ['Informationsbroschyr', 'patient-information']]] as const)),
  ]);
}

/** The choke point's rule, on what is rendered. */
function seenBy(unit: string, { resources, grants }: Projection): readonly RenderedResource[] {
  return resources.filter(({ scope, needs, draft }) =>
    grants.some(
      (grant) =>
        grant.unit === unit &&
        grant.scope === scope &&
        reaches(grant.level, needs) &&
        (grant.drafts || !draft),
    ),
  );
}

describe('a case that shares the minimum', () => {
  const found = new Map<string, number>();
  const seen = new Set<string>();

  beforeAll(() => {
    everyState((state) => {
      if (state.sharing !== 'minimum' || state.phase === 'annulled') return;
      const shown = projectSvu(caseId, state);
      const receivers = Object.values(state.participants).filter(({ side }) => side !== 'hospital');
      for (const { unit } of receivers) {
        for (const resource of seenBy(unit, shown)) {
          seen.add(`${state.policy.name} ${resource.content.resourceType}`);
          const text = JSON.stringify(resource);
          for (const [what, needles] of forbidden(state)) {
            if (!needles.some((needle) => text.includes(needle))) continue;
            const where = `${state.policy.name}: ${what} in ${resource.content.resourceType}`;
            found.set(where, (found.get(where) ?? 0) + 1);
          }
        }
        const beyond = shown.grants.some((grant) => grant.unit === unit && grant.scope === stayId);
        if (beyond) found.set(`${state.policy.name}: the stay is open`, 1);
      }
    }, 400);
  });

  it('CON-5: shows receivers nothing that its policy does not list, in any element of any resource', () => {
    expect([...found.keys()].toSorted()).toEqual([]);
  });

  it.each(['skane', 'norrbotten', 'vasterbotten'])(
    'of %s was looked at in every kind of resource',
    (policy) => {
      const kinds = ['CarePlan', 'CareTeam', 'Communication', 'Consent', 'Task'];
      expect(kinds.filter((kind) => !seen.has(`${policy} ${kind}`))).toEqual([]);
    },
  );
});
