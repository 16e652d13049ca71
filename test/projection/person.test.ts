import type { HumanName, Patient } from 'fhir/r4.js';
import type { PersonState } from '../../src/process/person/person.js';
import { projectPerson } from '../../src/projection/person/patient.js';
import { r4Faults } from '../support/r4-resources.js';
import { personId } from './states.js';

const number = '190503279812';
const record = {
  identifier: { type: 'personnummer', value: number },
  protectedPerson: false,
  protectedPopulationRecord: false,
  name: { given: 'Karl Erik Sven', middle: 'Berg', surname: 'Testsson', givenNameIndicator: '20' },
  gender: 'male',
  birthDate: '19050327',
  address: { careOf: 'c/o Ek', line2: 'Storgatan 1 lgh 1101', postalCode: '28931', city: 'Knislinge' },
};
const state: PersonState = { kind: 'person', copy: 3, sealed: false, deceased: false };

/** What is shown of a person whose register copy of version 3 is this. */
const shown = async (copy: unknown, of: PersonState = state) =>
  projectPerson(personId, of, {
    registerCopy: async (id, version) => (id === personId && version === 3 ? copy : null),
  });

const patient = async (copy: unknown, of?: PersonState): Promise<Patient> =>
  (await shown(copy, of)).resources[0]?.content as Patient;

/** What stands beside the given names. */
const marks = (name: HumanName | undefined): readonly unknown[] =>
  Object.entries(name ?? {}).find(([key]) => key === '_given')?.[1] ?? [];

describe('a person', () => {
  it('PAT-12: shows the number that holds now and earlier ones as old, unless the register has ended the record', async () => {
    const referred = [{ type: 'samordningsnummer', value: '190503879816' }];
    const content = await patient({ ...record, referred });
    expect(r4Faults(content)).toEqual([]);
    expect(content.identifier).toEqual([
      { system: 'http://electronichealth.se/identifier/personnummer', value: number },
      {
        use: 'old',
        system: 'http://electronichealth.se/identifier/samordningsnummer',
        value: '190503879816',
      },
    ]);
    const ended = await patient({ ...record, referred, deregistration: { reason: 'UV' } });
    expect(ended.identifier).toHaveLength(1);
  });

  it('PAT-12: who turned out to be another names nobody and leads to the other, sealed or not', async () => {
    const survivor = '1b0d6a40-0f6e-4c59-9a53-4c1b2a7b9c44';
    for (const sealed of [false, true]) {
      const content = await patient(record, { ...state, sealed, mergedInto: survivor });
      expect(r4Faults(content)).toEqual([]);
      expect(content).toEqual({
        resourceType: 'Patient',
        id: personId,
        active: false,
        link: [{ other: { reference: `Patient/${survivor}` }, type: 'replaced-by' }],
      });
    }
  });

  it('PAT-2: is SEBasePatient from the register copy: number, names with the preferred one marked, address, dates', async () => {
    const content = await patient(record);
    expect(r4Faults(content)).toEqual([]);
    expect(content).toEqual({
      resourceType: 'Patient',
      id: personId,
      meta: { profile: ['http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient'] },
      identifier: [{ system: 'http://electronichealth.se/identifier/personnummer', value: number }],
      active: true,
      name: [
        {
          extension: [
            {
              url: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseMiddleNameExtension',
              valueString: 'Berg',
            },
          ],
          use: 'official',
          text: 'Karl Erik Sven Berg Testsson',
          family: 'Testsson',
          given: ['Karl', 'Erik', 'Sven'],
          _given: [
            null,
            {
              extension: [
                { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier', valueCode: 'CL' },
              ],
            },
            null,
          ],
        },
      ],
      gender: 'male',
      birthDate: '1905-03-27',
      deceasedBoolean: false,
      address: [
        {
          extension: [
            {
              url: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseAddressPersonExtension',
              valueCodeableConcept: {
                coding: [
                  {
                    system: 'http://snomed.info/sct',
                    code: '63381000052101',
                    display: 'folkbokföringsadress',
                  },
                ],
              },
            },
          ],
          use: 'home',
          line: ['c/o Ek', 'Storgatan 1 lgh 1101'],
          city: 'Knislinge',
          postalCode: '28931',
        },
      ],
    });
  });

  it.each([
    ['12', 'Karl-Erik Sven', ['Karl-Erik', 'Sven'], 0],
    ['30', 'Karl-Erik Sven', ['Karl-Erik', 'Sven'], 1],
    ['23', 'Sven Karl Erik', ['Sven', 'Karl Erik'], 1],
    ['10', 'Anna', ['Anna'], 0],
  ])('marks the preferred name by indicator %s of %s', async (givenNameIndicator, given, names, place) => {
    const name = (await patient({ ...record, name: { given, givenNameIndicator } })).name?.[0];
    expect(name?.given).toEqual(names);
    expect(marks(name).findIndex((mark) => mark !== null)).toBe(place);
  });

  it.each(['50', '21', '00', 'x', ''])(
    'marks none by an indicator that does not fit: %j',
    async (givenNameIndicator) => {
      const name = (await patient({ ...record, name: { given: 'Anna Maria', givenNameIndicator } }))
        .name?.[0];
      expect(name?.given).toEqual(['Anna', 'Maria']);
      expect(marks(name)).toEqual([]);
    },
  );

  it('PAT-6: is not shown at all once sealed or destroyed', async () => {
    expect(await shown(record, { ...state, sealed: true })).toEqual({ resources: [], grants: [] });
    expect(await shown(null)).toEqual({ resources: [], grants: [] });
    expect(await shown(undefined)).toEqual({ resources: [], grants: [] });
  });

  it.each([
    [{ protectedPerson: true }],
    [{ protectedPerson: undefined }],
    [{ protectedPerson: 'no' }],
    [{ protectedPopulationRecord: true }],
  ])('PAT-5: is not shown when the copy does not clearly say "not protected": %j', async (change) => {
    expect((await shown({ ...record, ...change })).resources).toEqual([]);
  });

  it('PAT-4: is not shown with a reserve number', async () => {
    expect(
      (await shown({ ...record, identifier: { type: 'reserve', value: '98240301AA06' } })).resources,
    ).toEqual([]);
  });

  it('has its number in the identifier alone, never in the index', async () => {
    const [resource] = (await shown(record)).resources;
    expect(JSON.stringify(resource).split(number)).toHaveLength(2);
    expect(resource?.tokens).toEqual([]);
  });

  it('PAT-7: says that the person has died', async () => {
    expect((await patient(record, { ...state, deceased: true })).deceasedBoolean).toBe(true);
  });
});
