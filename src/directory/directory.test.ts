import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { personAt, sample, sampleOrganisation, unitOf } from '../../test/support/organisation.js';
import { policyNames } from '../../test/support/policies.js';
import type { Responsibility } from '../process/vocabulary.js';
import { buildDirectory } from './directory.js';
import { isHsaId } from './hsa-id.js';

const directory = buildDirectory(sampleOrganisation());

describe('users and their roles', () => {
  test('ORG-1: a title leads to the role that the unit has active', () => {
    expect(directory.actor(sample.nurse, sample.ward)).toEqual({
      kind: 'user',
      user: sample.nurse,
      unit: sample.ward,
      unitName: 'Unit W1',
      name: expect.any(String),
      title: 'Sjuksköterska',
      organisation: sample.region,
      side: 'hospital',
      role: 'nurse',
      licensed: true,
      responsibilities: ['read', 'write', 'acknowledge', 'sign', 'approve'],
    });
  });

  test('VIEW-12, ORG-1: a code of a title reads as its role, and the name of who is protected is not kept', () => {
    const base = sampleOrganisation();
    const coded = buildDirectory({
      ...base,
      roles: { ...base.roles, physician: { name: 'Läkare', licensed: true, titles: ['204010'] } },
      units: base.units.map((each) =>
        each.hsaId === sample.ward ? { ...each, roles: { ...each.roles, physician: ['read'] } } : each,
      ),
      people: [{ ...personAt(sample.ward, ['204010'], 'D1'), protectedPerson: true }],
    });
    const [person] = coded.organisation.people;
    const actor = coded.actor(person?.hsaId ?? '', sample.ward);
    expect(actor?.title).toBe('Läkare');
    expect(actor).not.toHaveProperty('name');
  });

  test('ORG-1: nobody is an actor at a unit without an assignment there', () => {
    expect(directory.actor(sample.nurse, sample.healthCentre)).toBeUndefined();
    expect(directory.actor(sample.nurse, 'SE4999009014-NONE')).toBeUndefined();
    expect(directory.actor('SE4999009014-NOBODY', sample.ward)).toBeUndefined();
  });

  test('ORG-2: a title whose role is not active at the unit gives no actor', () => {
    const withPlanner = buildDirectory(
      sampleOrganisation({ people: [personAt(sample.healthCentre, ['Vårdplanerare'])] }),
    );
    expect(withPlanner.actor(sample.nurse, sample.healthCentre)).toBeUndefined();
  });

  test('ORG-2: a role does at a unit exactly what that unit has configured for it', () => {
    const responsibility = fc.constantFrom<Responsibility>('write', 'acknowledge', 'sign', 'approve');
    fc.assert(
      fc.property(fc.uniqueArray(responsibility), (chosen) => {
        const responsibilities: Responsibility[] = ['read', ...chosen];
        const one = sampleOrganisation();
        const units = [...one.units, unitOf(sample.region, 'W2', { roles: { nurse: responsibilities } })];
        const people = [personAt(`SE${sample.region}-W2`, ['Sjuksköterska'])];
        const actor = buildDirectory({ ...one, units, people }).actor(sample.nurse, `SE${sample.region}-W2`);
        expect(actor?.responsibilities).toEqual(responsibilities);
      }),
    );
  });

  test('ORG-4: several roles of a unit may hold one responsibility, and each of them is an actor with it', () => {
    const actors = directory.actors(sample.nurse, sample.ward);
    expect(actors.map(({ role }) => role)).toEqual(['nurse', 'planner']);
    expect(actors.every(({ responsibilities }) => responsibilities.includes('acknowledge'))).toBe(true);
  });

  test('ORG-5: an actor stands for one unit alone, the one of the assignment', () => {
    const twoUnits = buildDirectory(
      sampleOrganisation({
        people: [
          {
            ...personAt(sample.ward, ['Sjuksköterska']),
            assignments: [
              { hsaId: 'SE4999009014-A1', unit: sample.ward, titles: ['Sjuksköterska'] },
              { hsaId: 'SE4999009014-A2', unit: sample.healthCentre, titles: ['Sjuksköterska'] },
            ],
          },
        ],
      }),
    );
    expect(twoUnits.actor(sample.nurse, sample.ward)?.unit).toBe(sample.ward);
    expect(twoUnits.actor(sample.nurse, sample.healthCentre)?.unit).toBe(sample.healthCentre);
  });

  test('ORG-6: who holds two titles may choose the role', () => {
    expect(directory.actor(sample.nurse, sample.ward, 'planner')?.role).toBe('planner');
    expect(directory.actor(sample.nurse, sample.ward, 'reviewer')).toBeUndefined();
  });

  test('ORG-6, ORG-3: staff switch to other units of their organisation where it lets them, and to no other organisation', () => {
    const one = sampleOrganisation();
    const moving = (movesWithinTree: boolean) =>
      buildDirectory({ ...one, providers: one.providers.map((each) => ({ ...each, movesWithinTree })) });
    const regions = one.units.filter(
      ({ hsaId, organisationNumber, roles }) =>
        organisationNumber === sample.region && hsaId !== sample.ward && 'nurse' in roles,
    );
    expect(regions.length).toBeGreaterThan(0);
    for (const { hsaId } of regions) {
      expect(moving(false).actor(sample.nurse, hsaId)).toBeUndefined();
      expect(moving(true).actor(sample.nurse, hsaId, 'nurse')).toMatchObject({ unit: hsaId, role: 'nurse' });
      // A title that she does not have opens no role.
      expect(moving(true).actor(sample.nurse, hsaId, 'reviewer')).toBeUndefined();
    }
    for (const { hsaId } of one.units.filter(
      ({ organisationNumber }) => organisationNumber !== sample.region,
    ))
      expect(moving(true).actor(sample.nurse, hsaId)).toBeUndefined();
    expect(moving(true).actor(sample.nurse, sample.ward)).toEqual(directory.actor(sample.nurse, sample.ward));
  });

  test('ORG-9: the role says whether it is licensed', () => {
    expect(directory.actor(sample.nurse, sample.ward, 'nurse')?.licensed).toBe(true);
    expect(directory.actor(sample.nurse, sample.ward, 'planner')?.licensed).toBe(false);
    expect(directory.role('nurse')?.licensed).toBe(true);
  });

  test('ACC-7: a unit that is no longer active gives nobody a role', () => {
    const one = sampleOrganisation();
    const units = one.units.map((unit) => (unit.hsaId === sample.ward ? { ...unit, active: false } : unit));
    expect(buildDirectory({ ...one, units }).actor(sample.nurse, sample.ward)).toBeUndefined();
  });

  test('ACC-5: a log reviewer is told by the role, which by itself opens no case', () => {
    const one = sampleOrganisation({ people: [personAt(sample.ward, ['Loggranskare'])] });
    const actor = buildDirectory(one).actor(sample.nurse, sample.ward);
    expect(actor?.responsibilities).toEqual([]);
    expect(directory.role('reviewer')?.reviewsLog).toBe(true);
  });
});

describe('organisations and receiving units', () => {
  test('ORG-3: a unit belongs to one organisation number, and the policy follows it', () => {
    expect(directory.provider(sample.region)?.name).toBe('Region');
    expect(directory.policyOf(sample.ward)).toBe('skane');
    expect(directory.policyOf(sample.inbox)).toBeUndefined();
    expect(directory.policyOf('SE4999009014-NONE')).toBeUndefined();
  });

  test.each(policyNames)(
    'ORG-7: in a region of %s a municipality code leads to its receiving units',
    (policy) => {
      const one = sampleOrganisation();
      const providers = one.providers.map((each) => ('policy' in each ? { ...each, policy } : each));
      const ofPolicy = buildDirectory({ ...one, providers });
      expect(ofPolicy.policyOf(sample.ward)).toBe(policy);
      expect(ofPolicy.inboxes('3901')).toEqual([sample.inbox, sample.homeNursing]);
    },
  );

  test('ORG-7, ORG-14: not to one that gets cases by hand alone', () => {
    const organisation = sampleOrganisation();
    const municipalities = organisation.municipalities.map((one) => ({
      ...one,
      inboxes: one.inboxes.map((inbox) =>
        inbox.unit === sample.homeNursing ? { ...inbox, preselected: false } : inbox,
      ),
    }));
    expect(buildDirectory({ ...organisation, municipalities }).inboxes('3901')).toEqual([sample.inbox]);
  });

  test('ADR-13: a municipality outside the configuration has no receiving units', () => {
    expect(directory.inboxes('3999')).toBeUndefined();
  });

  test('ORG-10: an organisation outside health and social care is marked as bound by weaker secrecy', () => {
    const number = '4999009030';
    const one = sampleOrganisation();
    const school = buildDirectory({
      ...one,
      providers: [
        ...one.providers,
        { organisationNumber: number, name: 'School', hsaId: `SE${number}-0001`, weakerSecrecy: true },
      ],
      units: [...one.units, unitOf(number, 'G1', { side: 'other', kind: 'school' })],
    });
    const unit = school.unit(`SE${number}-G1`);
    expect(unit?.side).toBe('other');
    expect(school.provider(unit?.organisationNumber ?? '')?.weakerSecrecy).toBe(true);
  });

  test('the directory cannot be changed after it was built', () => {
    const unit = directory.unit(sample.ward);
    expect(Object.isFrozen(unit)).toBe(true);
    expect(Object.isFrozen(unit?.roles['nurse'])).toBe(true);
  });
});

describe('HSA-ids', () => {
  test('ORG-1: SE, ten digits, a hyphen and a suffix, at most 31 characters', () => {
    const suffix = fc.stringMatching(/^[A-Z][0-9A-Z]{0,8}$/);
    fc.assert(fc.property(suffix, (text) => expect(isHsaId(`SE2321000016-${text}`)).toBe(true)));
  });

  test.each([
    'SE2321000016',
    'SE2321000016-',
    'SE232100001-W1',
    'NO2321000016-W1',
    'SE2321000016-W Å1',
    ' SE2321000016-W1',
    'SE2321000016-W1\n',
    `SE2321000016-${'W'.repeat(19)}`,
  ])('ORG-1: %j is not an HSA-id', (text) => {
    expect(isHsaId(text)).toBe(false);
  });
});
