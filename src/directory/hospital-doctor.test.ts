import { sample, sampleOrganisation, personAt, unitOf } from '../../test/support/organisation.js';
import { checkOrganisation } from './check-organisation.js';
import { buildDirectory } from './directory.js';
import { isHospitalDoctor } from './hospital-doctor.js';
import type { Organisation, Person } from './organisation.js';

const { roles } = sampleOrganisation();
const physician = { name: 'Läkare', licensed: true, titles: ['204010'] };
const chief = { name: 'Överläkare på vår region', licensed: true, titles: ['201010'], doctorLicence: 'Läk' };
const otherHospital = unitOf('4999001011', 'W1', { side: 'hospital' });

const directoryOf = (people: readonly Person[], more: Organisation['roles'] = { physician }) => {
  const base = sampleOrganisation();
  const organisation = {
    ...base,
    roles: { ...roles, ...more },
    providers: [
      ...base.providers,
      {
        organisationNumber: '4999001011',
        name: 'Other',
        hsaId: 'SE4999001011-0001',
        policy: 'skane' as const,
      },
    ],
    units: [...base.units, otherHospital],
    people,
  };
  // Licences are the catalogue's to tell, not the file's.
  const file = { ...organisation, people: people.map(({ licences: _licences, ...person }) => person) };
  expect(checkOrganisation(file)).toEqual([]);
  return buildDirectory(organisation);
};
const answer = (person: Person, more?: Organisation['roles']) =>
  isHospitalDoctor(directoryOf([person], more), person.hsaId);

describe('SVU-43: a doctor of the hospital', () => {
  it.each([
    ['a doctor of the ward, by title', personAt(sample.ward, ['204010']), true],
    ['by the licence alone', { ...personAt(sample.ward, ['Vårdplanerare']), licences: ['Läkare'] }, true],
    ['of another hospital', personAt(otherHospital.hsaId, ['204010']), true],
    ['a nurse of the ward', personAt(sample.ward, ['Sjuksköterska']), false],
    [
      'a nurse with her licence',
      { ...personAt(sample.ward, ['Sjuksköterska']), licences: ['Sjuksköterska'] },
      false,
    ],
    ['a care planner', personAt(sample.ward, ['Vårdplanerare']), false],
    ['a doctor of a health centre', personAt(sample.healthCentre, ['204010']), false],
    ['a licensed one there', { ...personAt(sample.healthCentre, ['204010']), licences: ['Läkare'] }, false],
    ['a municipal nurse', personAt(sample.homeNursing, ['Sjuksköterska']), false],
    ['somebody without any assignment', { ...personAt(sample.ward, ['204010']), assignments: [] }, false],
    [
      'a doctor of a health centre who is a nurse at the ward',
      {
        ...personAt(sample.ward, ['Sjuksköterska', '204010']),
        assignments: [
          { hsaId: 'SE4999009014-A1', unit: sample.ward, titles: ['Sjuksköterska'] },
          { hsaId: 'SE4999009014-A2', unit: sample.healthCentre, titles: ['204010'] },
        ],
      },
      false,
    ],
  ] as const)('%s: %#', (_who, person, is) => {
    expect(answer(person)).toBe(is);
  });

  it('is what the organisation file marks, where it marks a role', () => {
    const marked = { physician, chief };
    expect(answer(personAt(sample.ward, ['201010']), marked)).toBe(true);
    expect(answer(personAt(sample.ward, ['204010']), marked)).toBe(false);
    expect(answer({ ...personAt(sample.ward, ['Vårdplanerare']), licences: ['Läk'] }, marked)).toBe(true);
  });

  it('is nobody who is not known', () => {
    expect(isHospitalDoctor(directoryOf([]), 'SE4999009014-P9')).toBe(false);
  });
});
