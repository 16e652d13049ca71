import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  readPersonsFile,
  type StandInPerson,
} from '../../../connectors/population-register/stand-in-file.js';
import { readCatalogueFile } from '../../../connectors/hsa/stand-in-file.js';
import { readListingsFile } from '../../../connectors/listing/stand-in-file.js';
import { readMapping } from '../../../connectors/melior/mapping.js';
import { dryRun } from '../../../connectors/melior/dry-run.js';
import { identifyPerson } from '../../../connectors/common/identify-person.js';
import { fromProjectRoot } from '../../configuration/project-root.js';
import { buildDirectory } from '../../directory/directory.js';
import { readOrganisationFile } from '../../start/checks/configured-files.js';
import { mergeCatalogue } from '../../directory/merge-catalogue.js';
import type { StaffRules } from '../../directory/catalogue.js';
import type { Directory } from '../../directory/organisation.js';

const folder = fromProjectRoot('src/demo/fictional-region');
const read = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(folder, file), 'utf8'));
const directory = buildDirectory(readOrganisationFile(path.join(folder, 'organisation.json')));
const persons = [...readPersonsFile(await read('persons.json')).values()];
const listed = [...readListingsFile(await read('listings.json')).values()];
const mapping = readMapping(await read('melior-mapping.json'));

const byName = (name: string): StandInPerson => {
  const person = persons.find(({ given, surname }) => `${given} ${surname}` === name);
  if (!person) throw new Error(`${name} is not in persons.json`);
  return person;
};
const listingsOf = ({ number }: StandInPerson) => listed.find((one) => one.number === number)?.listings;

/** Those who are meant to be outside the configuration, so that ADR-13 can be tried. */
const municipalityOutside = '3190';
const facilityOutside = 'SE4999009014-H900';

describe('the organisation', () => {
  test('each of the three policies has a hospital ward, a health centre and a municipality with inboxes', () => {
    const { units } = directory.organisation;
    for (const policy of ['skane', 'norrbotten', 'vasterbotten'] as const) {
      const own = units.filter(({ hsaId }) => directory.policyOf(hsaId) === policy);
      expect(own.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ward', 'health-centre']));
    }
    expect(directory.organisation.municipalities.map(({ code }) => directory.inboxes(code)?.length)).toEqual([
      2, 1, 3, 2, 2,
    ]);
  });

  test('ORG-2: at every unit that takes part somebody can acknowledge', () => {
    const { people, units } = directory.organisation;
    const silent = units.filter(
      ({ hsaId, roles }) =>
        Object.keys(roles).length > 0 &&
        !people.some((person) =>
          directory
            .actors(person.hsaId, hsaId)
            .some((actor) => actor.responsibilities.includes('acknowledge')),
        ),
    );
    expect(silent.map(({ hsaId }) => hsaId)).toEqual([]);
  });

  test('ORG-1: every assignment gives its person a role', () => {
    const idle = directory.organisation.people.flatMap(({ hsaId, assignments }) =>
      assignments.filter(({ unit }) => directory.actors(hsaId, unit).length === 0).map((one) => one.hsaId),
    );
    expect(idle).toEqual([]);
  });

  test('municipality codes are in counties that do not exist, organisation numbers in a group that is not in use', () => {
    const { municipalities, providers } = directory.organisation;
    expect(municipalities.every(({ code }) => /^3[1-9]\d\d$/.test(code))).toBe(true);
    expect(providers.every(({ organisationNumber }) => organisationNumber.startsWith('4999'))).toBe(true);
  });

  test('telephone numbers are of the series that is kept free for fiction', () => {
    const numbers = directory.organisation.units.flatMap(({ telephone }) => telephone ?? []);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter((number) => !/^031-390 06 \d\d$/.test(number))).toEqual([]);
  });
});

describe('the persons', () => {
  test('there are at least twenty, each with a number of its own', () => {
    expect(persons.length).toBeGreaterThanOrEqual(20);
  });

  test.each(persons.flatMap(({ number, referred }) => [number, ...(referred ?? [])]))(
    'PAT-3: the test number %s has a serial of 980 to 999 and a right check digit',
    (number) => {
      const { type, value } = identifyPerson(number, []);
      expect(['personnummer', 'samordningsnummer']).toContain(type);
      expect(value).toBe(number);
      expect(Number(number.slice(8, 11))).toBeGreaterThanOrEqual(980);
    },
  );

  test('everybody lives in a municipality of the region, unless meant otherwise', () => {
    const outside = persons.filter(
      ({ municipalityCode }) => municipalityCode === undefined || !directory.municipality(municipalityCode),
    );
    expect(outside.map(({ given, surname }) => `${given} ${surname}`)).toEqual([
      'Skyddad Sekretess',
      'Skyddad Folkbokföring',
      'Karl Avlidsson',
      'Ellen Utvandergren',
      'Amira Samordal',
      'Lennart Hemvistlös',
      'Åke Utsocknes',
    ]);
    expect(byName('Åke Utsocknes').municipalityCode).toBe(municipalityOutside);
  });

  test('every municipality has an ordinary person who is listed at a health centre of the region', () => {
    const ordinary = persons.filter((person) => listingsOf(person)?.length);
    expect(new Set(ordinary.map(({ municipalityCode }) => municipalityCode))).toEqual(
      new Set([
        ...directory.organisation.municipalities.map(({ code }) => code),
        undefined,
        municipalityOutside,
      ]),
    );
  });

  test('PAT-5, PAT-7: each kind of protection, a death, an emigration and a changed identity can be tried', () => {
    expect(byName('Skyddad Sekretess').protectedPerson).toBe(true);
    expect(byName('Skyddad Folkbokföring').protectedPopulationRecord).toBe(true);
    expect(byName('Karl Avlidsson').deregistration?.reason).toBe('AV');
    expect(byName('Ellen Utvandergren').deregistration?.reason).toBe('UV');
    expect(byName('Nadia Bytenius').referred).toHaveLength(1);
    expect(Number(byName('Amira Samordal').number.slice(6, 8))).toBeGreaterThan(60);
  });

  test('a protected person has neither address nor municipality in the file', () => {
    const hidden = persons.filter((one) => one.protectedPerson ?? one.protectedPopulationRecord);
    expect(hidden).toHaveLength(2);
    expect(hidden.every(({ address, municipalityCode }) => !address && !municipalityCode)).toBe(true);
  });
});

describe('the listings', () => {
  test('ADR-1: everybody listed is a person, at an active health centre under its own name, unless meant otherwise', () => {
    const numbers = new Set(persons.map(({ number }) => number));
    expect(listed.filter(({ number }) => !numbers.has(number))).toEqual([]);
    const wrong = listed
      .flatMap(({ listings }) => listings)
      .filter(({ facility, facilityName }) => {
        const unit = directory.unit(facility);
        return !unit?.active || unit.kind !== 'health-centre' || unit.name !== facilityName;
      });
    expect(wrong.map(({ facility }) => facility)).toEqual([facilityOutside]);
  });

  test('a listed doctor works at that health centre', () => {
    const strangers = listed
      .flatMap(({ listings }) => listings)
      .filter(({ doctor, facility }) => doctor && directory.actor(doctor.id, facility)?.role !== 'physician');
    expect(strangers).toEqual([]);
  });

  test('ADR-13: one is listed outside the configuration, one is known and unlisted', () => {
    expect(listingsOf(byName('Sören Bortlistad'))?.map(({ facility }) => facility)).toEqual([
      facilityOutside,
    ]);
    expect(listingsOf(byName('Eivor Olistad'))).toEqual([]);
  });

  test('ADR-1: one has changed health centre, with the old listing ended', () => {
    expect(listingsOf(byName('Dagny Flyttström'))?.map(({ validTo }) => validTo)).toEqual([
      '2022-12-31',
      undefined,
    ]);
  });

  test('nobody with a protected identity is listed', () => {
    const hidden = persons.filter((one) => one.protectedPerson ?? one.protectedPopulationRecord);
    expect(hidden.map(listingsOf)).toEqual([undefined, undefined]);
  });
});

test('SVU-25: every ward of the mapping is an active ward, and no ward is without a code', () => {
  const mapped = [...mapping.fields.ward.table.values()];
  const wards = directory.organisation.units.filter(
    ({ kind }) => kind === 'ward' || kind === 'emergency-ward',
  );
  expect(mapped.toSorted()).toEqual(
    wards
      .filter(({ active }) => active)
      .map(({ hsaId }) => hsaId)
      .toSorted(),
  );
});

const catalogueNow = async (changes: Partial<StaffRules> = {}) => {
  const { units, people } = readCatalogueFile(await read('hsa.json'));
  const readAt = new Date().toISOString();
  return mergeCatalogue(
    directory.organisation,
    {
      units: new Map(
        [...units].map(([unit, { healthCareUnit, endsAt }]) => [
          unit,
          {
            unit,
            found: true,
            ...(healthCareUnit !== undefined && { healthCareUnit }),
            ...(endsAt !== undefined && { endsAt: `${endsAt}T00:00:00.000Z` }),
          },
        ]),
      ),
      practitioners: new Map(
        [...people].map(([practitioner, { titles, licences, assignments, protectedPerson = false }]) => [
          practitioner,
          {
            practitioner,
            found: true,
            protectedPerson,
            ...(!protectedPerson && { name: { surname: 'Namn' } }),
            titles: titles ?? [],
            licences: licences ?? [],
            assignments: (assignments ?? []).map((each) => ({ ...each, purpose: 'Vård och behandling' })),
            readAt,
          },
        ]),
      ),
    },
    { source: 'catalogue', longestAgeMilliseconds: 3_600_000, ...changes },
    new Date(),
  );
};

test('ORG-1: the catalogue of the region has every unit and person of the organisation, and takes only the closed unit’s roles', async () => {
  const { units, people } = readCatalogueFile(await read('hsa.json'));
  const { organisation } = directory;
  expect([...units.keys()]).toEqual(organisation.units.map(({ hsaId }) => hsaId));
  const listed = organisation.people.map(({ hsaId }) => hsaId);
  expect([...people.keys()].slice(0, listed.length)).toEqual(listed);
  const { organisation: merged, missing } = await catalogueNow();
  expect(missing).toEqual([{ unit: 'SE4999000013-H103', why: 'closed' }]);
  const actorsIn = (one: Directory) =>
    organisation.people.flatMap(({ hsaId, assignments }) =>
      assignments
        .filter(({ unit }) => unit !== 'SE4999000013-H103')
        .map(({ unit }) => one.actors(hsaId, unit).map((actor) => ({ ...actor, name: undefined }))),
    );
  expect(actorsIn(buildDirectory(merged))).toEqual(actorsIn(directory));
});

test('ORG-1: of the staff whom only the catalogue names one is protected, and so is one whom the file names', async () => {
  const { organisation } = await catalogueNow();
  const only = organisation.people.slice(directory.organisation.people.length);
  expect(only.map(({ hsaId, protectedPerson }) => [hsaId, protectedPerson === true])).toEqual([
    ['SE4999000013-P901', false],
    ['SE4999000013-P902', true],
  ]);
  expect(
    only.map(({ hsaId }) => buildDirectory(organisation).actors(hsaId, 'SE4999000013-H101').length),
  ).toEqual([1, 1]);
  const listed = organisation.people.filter(({ protectedPerson }) => protectedPerson);
  expect(listed.map(({ hsaId }) => hsaId)).toEqual(['SE4999000013-P029', 'SE4999000013-P902']);
});

test('the messages of stay.hl7 become facts as they are, and the README names every ward code', async () => {
  const text = await readFile(path.join(folder, 'stay.hl7'));
  const results = dryRun(text, mapping, new Date());
  expect(results.map(({ answer, topic, warnings }) => [answer, topic, warnings])).toEqual(
    Array.from({ length: 4 }, () => ['AA', 'journal.stay.v1', []]),
  );
  const readme = await readFile(path.join(folder, 'README.md'), 'utf8');
  const file = await read('melior-mapping.json');
  const { table } = (file as { ward: { table: Record<string, string> } }).ward;
  const shown = [...readme.matchAll(/^\| ([A-Z]+) +\| .*`(SE\d+-\w+)` +\|$/gm)];
  expect(Object.fromEntries(shown.map(([, code, unit]) => [code, unit]))).toEqual(table);
});
