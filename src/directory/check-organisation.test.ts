import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { personAt, sample, sampleOrganisation, unitOf } from '../../test/support/organisation.js';
import { asOrganisation, checkOrganisation, UnusableOrganisation } from './check-organisation.js';
import { faultText } from './checks/fault.js';
import type { Municipality, Organisation, Unit } from './organisation.js';

const base = sampleOrganisation();
const faultsOf = (content: unknown) => checkOrganisation(content).map(faultText);
const withUnits = (...units: Unit[]): Organisation => ({ ...base, units: [...base.units, ...units] });
const withMunicipality = (changes: Partial<Municipality>): Organisation => {
  const [first] = base.municipalities;
  if (!first) throw new Error('the sample has a municipality');
  return { ...base, municipalities: [{ ...first, ...changes }] };
};

test('ORG-11: an organisation without fault is accepted', () => {
  expect(checkOrganisation(base)).toEqual([]);
});

describe('a ward that is replaced', () => {
  const wards = sampleOrganisation();
  const problems = (changes: Readonly<Record<string, string>>) =>
    checkOrganisation({
      ...wards,
      units: wards.units.map((unit) =>
        changes[unit.hsaId] === undefined ? unit : { ...unit, replacedBy: changes[unit.hsaId] },
      ),
    }).map(({ rule, problem }) => `${rule} ${problem}`);

  test('SVU-25, ORG-3, ORG-11: is replaced by a known ward of its organisation, and not by itself in the end', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ [sample.ward]: 'SE0000000000-W9' })).toEqual([
      'ORG-11 the unit SE0000000000-W9 that replaces it is unknown',
    ]);
    expect(problems({ [sample.ward]: sample.inbox }).join()).toMatch(/ORG-3 .* another organisation number/);
    expect(problems({ [sample.ward]: sample.healthCentre }).join()).toMatch(/SVU-25 only a ward/);
    expect(problems({ [sample.ward]: sample.ward }).join()).toMatch(/ORG-11 it is replaced by itself/);
  });
});

describe('units', () => {
  test('ORG-11: a unit without any role that can acknowledge is refused by name', () => {
    const unit = unitOf(sample.region, 'W9', {
      name: 'Tysta avdelningen',
      roles: { nurse: ['read', 'write'] },
    });
    expect(faultsOf(withUnits(unit))).toEqual([
      'ORG-11: Tysta avdelningen (SE4999009014-W9): no role can acknowledge',
    ]);
  });

  test('ORG-11: a unit that neither acts nor groups others is refused', () => {
    expect(faultsOf(withUnits(unitOf(sample.region, 'W9', { roles: {} })))).toEqual([
      'ORG-11: Unit W9 (SE4999009014-W9): it has no roles and groups no other units',
    ]);
  });

  test('ORG-11: an unknown parent is refused, naming the unit', () => {
    const parent = `SE${sample.region}-NONE`;
    expect(faultsOf(withUnits(unitOf(sample.region, 'W9', { parent })))).toEqual([
      `ORG-11: Unit W9 (SE4999009014-W9): its parent ${parent} is unknown`,
    ]);
  });

  test('ORG-11: a cycle of any length is refused, naming every unit in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (length) => {
        const id = (index: number) => `SE${sample.region}-C${index % length}`;
        const units = Array.from({ length }, (_, index) =>
          unitOf(sample.region, `C${index}`, { parent: id(index + 1) }),
        );
        const faults = checkOrganisation(withUnits(...units));
        expect(faults).toHaveLength(length);
        expect(faults.every(({ problem }) => problem.includes('a cycle'))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('ORG-11: a unit below a cycle is not itself reported as one', () => {
    const a = unitOf(sample.region, 'C1', { parent: `SE${sample.region}-C2` });
    const b = unitOf(sample.region, 'C2', { parent: `SE${sample.region}-C1` });
    const below = unitOf(sample.region, 'C3', { parent: `SE${sample.region}-C1` });
    expect(checkOrganisation(withUnits(a, b, below)).map(({ about }) => about)).toEqual([
      `Unit C1 (SE${sample.region}-C1)`,
      `Unit C2 (SE${sample.region}-C2)`,
    ]);
  });

  test('ORG-3: a parent of another organisation number is refused', () => {
    const [fault, ...others] = faultsOf(withUnits(unitOf(sample.region, 'W9', { parent: sample.inbox })));
    expect(others).toEqual([]);
    expect(fault).toContain('ORG-3: Unit W9 (SE4999009014-W9): its parent');
    expect(fault).toContain('another organisation number');
  });

  test('ORG-11: an active unit below an inactive one is refused', () => {
    const closed = unitOf(sample.region, 'S9', { active: false });
    const below = unitOf(sample.region, 'W9', { parent: closed.hsaId });
    expect(faultsOf(withUnits(closed, below))).toEqual([
      'ORG-11: Unit W9 (SE4999009014-W9): its parent Unit S9 (SE4999009014-S9) is not active',
    ]);
  });

  test('ORG-11: one HSA-id for two units is refused, naming both, whatever the letter case', () => {
    const faults = faultsOf(
      withUnits(unitOf(sample.region, 'W9'), unitOf(sample.region, 'w9', { name: 'The other' })),
    );
    expect(faults).toEqual([
      'ORG-11: Unit W9 (SE4999009014-W9) and The other (SE4999009014-w9): the HSA-id SE4999009014-W9 is used more than once',
    ]);
  });

  test('ORG-1: a malformed HSA-id is refused', () => {
    expect(faultsOf(withUnits(unitOf(sample.region, 'W9', { hsaId: 'W9' })))).toEqual([
      'ORG-1: Unit W9 (W9): W9 is not an HSA-id',
    ]);
  });

  test('ORG-2: a role that is not among the roles is refused, even one named like a property of every object', () => {
    const roles = { nurse: ['read', 'acknowledge'], constructor: ['read'] } as const;
    expect(faultsOf(withUnits(unitOf(sample.region, 'W9', { roles })))).toEqual([
      'ORG-2: Unit W9 (SE4999009014-W9): the role "constructor" is not among the roles',
    ]);
  });

  test('ORG-2: a role that acts must be allowed to read; only a log reviewer has no responsibility', () => {
    const roles = { nurse: ['acknowledge'], planner: [] } as const;
    expect(faultsOf(withUnits(unitOf(sample.region, 'W9', { roles })))).toEqual([
      'ORG-2: Unit W9 (SE4999009014-W9): the role "nurse" acts without being allowed to read',
      'ORG-2: Unit W9 (SE4999009014-W9): the role "planner" has no responsibility',
    ]);
  });

  test('ORG-3: an unknown organisation number is refused', () => {
    expect(faultsOf(withUnits(unitOf('4999009030', 'W9')))).toEqual([
      'ORG-3: Unit W9 (SE4999009030-W9): no organisation has the number 4999009030',
    ]);
  });

  test('ORG-10: a unit outside health and social care in an organisation that is not so marked is refused', () => {
    expect(faultsOf(withUnits(unitOf(sample.region, 'G9', { side: 'other', kind: 'school' })))).toEqual([
      'ORG-10: Unit G9 (SE4999009014-G9): weaker secrecy goes with the side "other", and only with that',
    ]);
  });
});

describe('organisations, titles and people', () => {
  test('ORG-3: a wrong check digit, a personal number or a repeated organisation number is refused', () => {
    const [region, municipality] = base.providers;
    if (!region || !municipality) throw new Error('the sample has two organisations');
    const providers = [
      region,
      municipality,
      { ...region, hsaId: 'SE4999009014-0002' },
      { organisationNumber: '4999009015', name: 'Wrong', hsaId: 'SE4999009015-0001' },
      { organisationNumber: '0503279812', name: 'A person', hsaId: 'SE4999009014-0003' },
    ];
    expect(faultsOf({ ...base, providers })).toEqual([
      'ORG-3: Wrong (SE4999009015-0001): 4999009015 is not an organisation number',
      'ORG-3: A person (SE4999009014-0003): 0503279812 is not an organisation number',
      'ORG-3: organisation number 4999009014: stands for more than one organisation',
    ]);
  });

  test('ORG-11: a hospital whose organisation has no policy is refused', () => {
    const providers = base.providers.map(({ organisationNumber, name, hsaId }) => ({
      organisationNumber,
      name,
      hsaId,
    }));
    expect(faultsOf({ ...base, providers })).toEqual([
      'ORG-11: Unit S1 (SE4999009014-S1): its organisation Region (SE4999009014-0001) has no policy',
    ]);
  });

  test('ORG-1: a title that leads to two roles is refused', () => {
    const roles = { ...base.roles, other: { name: 'Other', licensed: false, titles: ['Sjuksköterska'] } };
    expect(faultsOf({ ...base, roles })).toEqual([
      'ORG-1: title Sjuksköterska: leads to more than one role: nurse, other',
    ]);
  });

  test('ORG-1: a person at an unknown unit, with a title not held or that leads nowhere, is refused', () => {
    const person = { ...personAt(`SE${sample.region}-NONE`, ['Kapten']), titles: [] };
    expect(faultsOf({ ...base, people: [person] })).toEqual([
      'ORG-1: assignment SE4999009014-AP1 of SE4999009014-P1: the unit SE4999009014-NONE is unknown',
      'ORG-1: assignment SE4999009014-AP1 of SE4999009014-P1: the person does not hold the title Kapten',
      'ORG-1: assignment SE4999009014-AP1 of SE4999009014-P1: the title Kapten leads to no role',
    ]);
  });

  test('ORG-3: a person is not assigned across organisation numbers', () => {
    const one = personAt(sample.ward, ['Sjuksköterska']);
    const other = { hsaId: 'SE4999009014-A9', unit: sample.inbox, titles: ['Sjuksköterska'] };
    const people = [{ ...one, assignments: [...one.assignments, other] }];
    expect(faultsOf({ ...base, people })).toEqual([
      'ORG-3: person SE4999009014-P1: is assigned to units of more than one organisation number: 4999009014, 4999009022',
    ]);
  });
});

describe('municipalities', () => {
  test('ORG-11: a municipality code with no inbox is refused', () => {
    expect(faultsOf(withMunicipality({ inboxes: [] }))).toEqual([
      'ORG-11: Municipality (code 3901): it has no inbox',
    ]);
  });

  test('ORG-11, ORG-14: a municipality whose inboxes all get cases by hand alone is refused', () => {
    const [first, second] = base.municipalities[0]!.inboxes;
    const byHand = { ...second!, preselected: false };
    expect(faultsOf(withMunicipality({ inboxes: [first!, byHand] }))).toEqual([]);
    expect(faultsOf(withMunicipality({ inboxes: [byHand] }))).toEqual([
      'ORG-11: Municipality (code 3901): it has no inbox that is preselected',
    ]);
  });

  test('ORG-11, ADR-14: an inbox that passes its cases on has a role that writes', () => {
    const [inbox] = base.municipalities[0]!.inboxes;
    const distributing = withMunicipality({ inboxes: [{ ...inbox!, distributes: true }] });
    expect(faultsOf(distributing)).toEqual([]);
    const units = distributing.units.map((unit) =>
      unit.hsaId === inbox!.unit
        ? {
            ...unit,
            roles: Object.fromEntries(
              Object.keys(unit.roles).map((role) => [role, ['read', 'acknowledge'] as const]),
            ),
          }
        : unit,
    );
    expect(faultsOf({ ...distributing, units })).toEqual([
      expect.stringMatching(/^ORG-11: .*is an inbox that distributes but no role there can write$/),
    ]);
  });

  test('ORG-7: an inbox must be known, active, able to acknowledge and of the municipality itself', () => {
    const closed = unitOf(sample.municipality, 'B9', { side: 'municipality', active: false, roles: {} });
    const inboxes = [
      { unit: `SE${sample.region}-NONE`, serves: ['home-care'] as const },
      { unit: sample.ward, serves: ['home-care'] as const },
      { unit: closed.hsaId, serves: ['home-care'] as const },
    ];
    const faults = faultsOf({ ...withMunicipality({ inboxes }), units: [...base.units, closed] });
    expect(faults).toEqual([
      'ORG-11: SE4999009014-NONE of Municipality (code 3901): is an inbox but unknown',
      'ORG-7: Unit W1 (SE4999009014-W1) of Municipality (code 3901): is an inbox but on the side "hospital", not the municipality\'s',
      'ORG-7: Unit W1 (SE4999009014-W1) of Municipality (code 3901): is an inbox but belongs to another organisation number',
      'ORG-11: Unit B9 (SE4999009022-B9) of Municipality (code 3901): is an inbox but not active',
      'ORG-11: Unit B9 (SE4999009022-B9) of Municipality (code 3901): is an inbox but no role there can acknowledge',
    ]);
  });

  test('ORG-7: a code is four digits and stands for one municipality', () => {
    expect(faultsOf(withMunicipality({ code: '39' }))).toEqual([
      'ORG-7: Municipality (code 39): a municipality code has four digits',
    ]);
    const municipalities = [...base.municipalities, ...base.municipalities];
    expect(faultsOf({ ...base, municipalities })).toEqual([
      'ORG-11: municipality code 3901: stands for more than one municipality',
    ]);
  });
});

describe('the file', () => {
  test('ORG-11: faults of structure are all told at once, naming the unit', () => {
    const broken = withUnits({
      ...unitOf(sample.region, 'W9'),
      side: 'sea',
      colour: 'red',
    } as unknown as Unit);
    expect(faultsOf(broken)).toEqual([
      'ORG-11: /units/5 (SE4999009014-W9): must NOT have additional properties: colour',
      'ORG-11: /units/5/side (SE4999009014-W9): must be equal to one of the allowed values',
    ]);
    expect(faultsOf(null)).toEqual(['ORG-11: the file: must be object']);
  });

  test('ORG-11: faults of several kinds are refused together in one message', () => {
    const content = {
      ...withMunicipality({ inboxes: [] }),
      units: [...base.units, unitOf(sample.region, 'W9', { parent: 'SE4999009014-NONE', roles: {} })],
    };
    expect(() => asOrganisation(content, 'region.json')).toThrow(UnusableOrganisation);
    expect(() => asOrganisation(content, 'region.json')).toThrow(
      /^region\.json cannot be used:\n {2}ORG-11: Unit W9 .*no roles.*\n {2}ORG-11: Unit W9 .*unknown\n {2}ORG-11: Municipality .*no inbox$/,
    );
  });

  test('ORG-11: each fault has its place in the file', () => {
    const [{ hsaId } = { hsaId: '' }] = base.people;
    const placesOf = (content: unknown) => checkOrganisation(content).map(({ place }) => place);
    expect(placesOf(withUnits(unitOf(sample.region, 'W9', { roles: {} })))).toEqual([['units', 5]]);
    expect(placesOf(withMunicipality({ inboxes: [] }))).toEqual([['municipalities', 0]]);
    const units = base.units.filter((unit) => unit.hsaId !== sample.ward);
    expect(placesOf({ ...base, units })).toContainEqual(['people', 0, 'assignments', 0]);
    expect(placesOf({ ...base, people: [{ ...base.people[0], hsaId: `${hsaId}-` }] })).toEqual([
      ['people', 0],
    ]);
    const broken = withUnits({ ...unitOf(sample.region, 'W9'), colour: 'red' } as unknown as Unit);
    expect(placesOf(broken)).toEqual([['units', 5, 'colour']]);
  });
});
