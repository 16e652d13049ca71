/** A catalogue for tests: a care unit with a ward, a municipal unit that belongs to none, one closed, and staff. */
export const wards = {
  provider: 'SE2321000016-0001',
  careUnit: 'SE2321000016-V1',
  ward: 'SE2321000016-W101',
  closed: 'SE2321000016-W102',
  archived: 'SE2321000016-W103',
  municipal: 'SE2120001124-H1',
  feigned: 'SE2321000016-F1',
} as const;

export const staff = {
  physician: 'SE2321000016-P1',
  nurse: 'SE2321000016-P2',
  hidden: 'SE2321000016-P3',
  feigned: 'SE2321000016-P4',
} as const;

const belongs = { healthCareUnit: wards.careUnit, provider: wards.provider };

export const catalogue = {
  providers: [{ hsaId: wards.provider, name: 'Region Å & Ä', organisationNumber: '232100-0016' }],
  units: [
    { hsaId: wards.careUnit, name: 'Sjukhuset', ...belongs },
    { hsaId: wards.ward, name: 'Avdelning <1> & "Å"', ...belongs, startsAt: '2020-01-01' },
    { hsaId: wards.closed, name: 'Avdelning 2', ...belongs, endsAt: '2026-07-01' },
    { hsaId: wards.archived, name: 'Avdelning 3', ...belongs, archived: true },
    { hsaId: wards.municipal, name: 'Hemsjukvården' },
    { hsaId: wards.feigned, name: 'Testenheten', feigned: true },
  ],
  people: [
    {
      hsaId: staff.physician,
      given: 'Åsa',
      surname: 'Ö & <b>',
      titles: ['204010'],
      licences: ['Läkare'],
      assignments: [
        { hsaId: 'SE2321000016-A1', unit: wards.careUnit },
        { hsaId: 'SE2321000016-A2', unit: wards.closed },
        { hsaId: 'SE2321000016-A3', unit: wards.archived },
      ],
    },
    { hsaId: staff.nurse, surname: 'Utan Förnamn' },
    {
      hsaId: staff.hidden,
      given: 'Skyddad',
      surname: 'Hemlig',
      protectedPerson: true,
      titles: ['204010'],
      assignments: [{ hsaId: 'SE2321000016-A4', unit: wards.careUnit }],
    },
    { hsaId: staff.feigned, surname: 'Test', feigned: true },
  ],
};
