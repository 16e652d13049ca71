import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Bundle, Organization, Practitioner, PractitionerRole } from 'fhir/r4.js';
import { createCatalogueLookup, type RunningCatalogueLookup } from '../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueStandIn } from '../../connectors/hsa/stand-in.js';
import type { SoapStandIn } from '../../connectors/common/stand-in/soap-stand-in.js';
import { CatalogueFollower } from '../../src/cases/jobs/follow-catalogue.js';
import { seekStaff, staffToFollow } from '../../src/cases/catalogue/seek-staff.js';
import { showDirectory } from '../../src/cases/show-directory.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { localDateOf } from '../../src/process/time.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { careTeamId, directoryId } from '../../src/projection/identity.js';
import { dataFile, silent } from '../connectors/common/support.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, codesOf, parameters, published, staff } from '../support/svu.js';

/** Of the fictional region's catalogue, and not in its organisation file: one who is new, and one who is protected. */
const newcomer = 'SE4999000013-P901';
const hidden = 'SE4999000013-P902';
/** Made up here: works where no unit of the organisation file is; works for another organisation; changes as the tests go. */
const stranger = 'SE4999000013-P903';
const elsewhere = 'SE4999001011-P901';
const short = 'SE4999000013-P904';
const atHospital = 'SE4999000013-P915';
const nurseThere = 'SE4999000013-P916';
const nobody = 'SE4999000013-P999';
const healthCentre = 'SE4999000013-H101';

type CatalogueFile = { people: { hsaId: string; assignments?: object[]; [field: string]: unknown }[] };
const region = JSON.parse(
  await readFile(fromProjectRoot('src/start/fictional-region/hsa.json'), 'utf8'),
) as CatalogueFile;
const care = { titles: ['204010'], licences: ['Läkare'] };
const catalogue: CatalogueFile = {
  ...region,
  people: [
    ...region.people,
    { hsaId: stranger, given: 'Ture', surname: 'Grannberg', ...care },
    {
      hsaId: elsewhere,
      given: 'Elsa',
      surname: 'Norrström',
      ...care,
      assignments: [{ hsaId: 'SE4999001011-A901', unit: 'SE4999001011-H101' }],
    },
    ...[
      { hsaId: atHospital, given: 'Åke', surname: 'Jourman', ...care },
      { hsaId: nurseThere, given: 'Syster', surname: 'Jourman', licences: ['Sjuksköterska'] },
    ].map((person, at) => ({
      ...person,
      assignments: [{ hsaId: `SE4999000013-A91${at + 5}`, unit: 'SE4999000013-S1' }],
    })),
    {
      hsaId: short,
      given: 'Kort',
      surname: 'Visit',
      ...care,
      assignments: [{ hsaId: 'SE4999000013-A904', unit: healthCentre, purpose: 'STATISTIK' }],
    },
  ],
};

let hub: TestHub;
let file: Awaited<ReturnType<typeof dataFile>>;
let standIn: SoapStandIn;
let lookup: RunningCatalogueLookup;
let follower: CatalogueFollower;

beforeAll(async () => {
  hub = await startHub();
  file = await dataFile(catalogue);
  standIn = await startCatalogueStandIn({ host: '127.0.0.1', port: 0, file: file.file, logger: silent });
  const { url } = standIn;
  lookup = createCatalogueLookup({
    urls: { unit: url, healthCareUnit: url, credentials: url },
    logicalAddress: '5565594230',
    development: true,
    logger: silent,
    requestsPerSecond: 500,
  });
  const { sql, now } = hub.cases;
  const directory = hub.cases.directory as LiveDirectory;
  const show = () => showDirectory(hub.store.database, directory, now());
  follower = new CatalogueFollower({
    sql,
    directory,
    file: directory.organisation,
    rules: { source: 'merged', longestAgeMilliseconds: 24 * 3_600_000 },
    now,
    onChange: async () => {
      await show();
    },
  });
  directory.seekBy(
    seekStaff({
      cases: hub.cases,
      lookup,
      look: () => follower.look(),
      isKnown: (person) => directory.person(person) !== undefined,
      turns: {
        atOnce: 8,
        atOnceOfOne: 4,
        waitingOfOne: 400,
        waiting: 4_000,
        longestWaitMilliseconds: 30_000,
      },
      longestWaitMilliseconds: 10_000,
    }),
  );
  await show();
});
afterAll(async () => {
  await hub.stop();
  lookup.stop();
  await standIn.stop();
  await file.remove();
});

const control = () => new URL('/stand-in/faults', standIn.url);
const fail = (fault: string) =>
  fetch(control(), { method: 'POST', body: JSON.stringify({ fault, times: 1000 }) });
const recover = () => fetch(control(), { method: 'DELETE' });
const byId = (hsaId: string) => `${identifierSystems.hsa}%7C${hsaId}`;
const search = async (query: string) => (await as(hub, 'nurse')).get(query);
const families = (body: Bundle) =>
  (body.entry ?? []).map(({ resource }) => (resource as Practitioner).name?.[0]?.family);
const asUser = async (user: string, unit: string) =>
  hub
    .http()
    .get('/fhir/Organization?_count=1')
    .set('authorization', await hub.user(user, unit));

describe('somebody of the staff whom the organisation file does not name', () => {
  it('SVU-8: is not found by name before anybody has asked for the HSA-id, and then by both', async () => {
    expect((await search('Practitioner?name=Nyström')).body.total).toBe(0);
    const asked = standIn.questions();
    const found = (await search(`Practitioner?identifier=${byId(newcomer)}`)).body as Bundle;
    expect(families(found)).toEqual(['Nyström']);
    expect(standIn.questions()).toBe(asked + 1);
    // Known from now on: no question more.
    expect(families((await search(`Practitioner?identifier=${newcomer}`)).body as Bundle)).toEqual([
      'Nyström',
    ]);
    expect(families((await search('Practitioner?name=nys')).body as Bundle)).toEqual(['Nyström']);
    expect((await search('Practitioner?name=Ny')).status).toBe(400);
    for (const parameter of ['practitioner:identifier', 'practitioner.identifier']) {
      const roles = (await search(`PractitionerRole?${parameter}=${byId(newcomer)}`)).body as Bundle;
      expect(
        (roles.entry ?? []).map(
          ({ resource }) => (resource as PractitionerRole).organization?.identifier?.value,
        ),
      ).toEqual([healthCentre]);
    }
    expect(standIn.questions()).toBe(asked + 1);
    expect(await staffToFollow(hub.cases)).toContain(newcomer);
  });

  it('SVU-8: outside one’s own organisation is found by HSA-id, and by name when the search says which organisation', async () => {
    const roles = (await search(`PractitionerRole?practitioner.identifier=${byId(elsewhere)}`))
      .body as Bundle;
    expect(roles.total).toBe(1);
    expect((await search('Practitioner?name=Norrstr')).body.total).toBe(0);
    const outside = (await search('Practitioner?name=Norrstr&organisation=4999001011')).body as Bundle;
    expect(families(outside)).toEqual(['Norrström']);
  });

  it('SVU-8: who works at no unit of the organisation file is found by name in the organisation of the HSA-id', async () => {
    expect((await search(`Practitioner?identifier=${byId(stranger)}`)).body.total).toBe(1);
    expect(families((await search('Practitioner?name=Grann')).body as Bundle)).toEqual(['Grannberg']);
    expect((await search('Practitioner?name=Grann&organisation=4999001011')).body.total).toBe(0);
  });

  it('with protected identity is found by HSA-id alone, and shown and kept without a name', async () => {
    const found = (await search(`Practitioner?identifier=${byId(hidden)}`)).body as Bundle;
    expect(families(found)).toEqual([undefined]);
    for (const name of ['Dolberg', 'Hanna', 'Dol'])
      expect((await search(`Practitioner?name=${name}`)).body.total).toBe(0);
    const { rows } = await hub.store.database.query<{ text: string }>(
      `select content::text || tokens::text as text from resource union all select fact::text from catalogue_copy`,
    );
    expect(rows.map(({ text }) => text).join('')).not.toMatch(/dolberg|hanna/i);
  });

  it('an HSA-id that the catalogue does not know is nobody’s, and asked about once in a while at most', async () => {
    const asked = standIn.questions();
    for (let time = 0; time < 3; time += 1)
      expect((await search(`Practitioner?identifier=${byId(nobody)}`)).body.total).toBe(0);
    // In small letters it is the same HSA-id; a second person is not made of it.
    expect((await search(`Practitioner?identifier=${byId('SE4999000013-p901')}`)).body.total).toBe(0);
    expect(standIn.questions()).toBe(asked + 1);
    expect(await staffToFollow(hub.cases)).not.toContain(nobody);
    hub.time.now = new Date(Date.now() + 61_000);
    await search(`Practitioner?identifier=${byId(nobody)}`);
    hub.time.now = undefined;
    expect(standIn.questions()).toBe(asked + 2);
  });
});

describe('many questions', () => {
  const made = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => `SE4999000013-Q${from + at}`);

  it.each([60, 190, 200])('%i HSA-ids of one search, all unknown, are all asked about', async (count) => {
    const asked = standIn.questions();
    const form = `identifier=${made(count * 100, count).join(',')}`;
    const answer = await (await as(hub, 'nurse')).get(`Practitioner?${form}`);
    expect([answer.status, answer.body.total]).toEqual([200, 0]);
    expect(standIn.questions()).toBe(asked + count);
  });

  it('of one unit keep nobody else waiting', async () => {
    const [nurse, centre] = [await as(hub, 'nurse'), await as(hub, 'healthCentre')];
    let ended = false;
    const many = nurse.get(`Practitioner?identifier=${made(50_000, 200).join(',')}`).then((answer) => {
      ended = true;
      return answer;
    });
    const asked = standIn.questions();
    while (standIn.questions() < asked + 3) await new Promise((resolve) => setImmediate(resolve));
    const one = await centre.get('Practitioner?identifier=SE4999000013-Q1');
    expect([one.status, ended]).toEqual([200, false]);
    expect((await many).status).toBe(200);
  });

  it('are not asked for a search that is refused', async () => {
    const asked = standIn.questions();
    const nurse = await as(hub, 'nurse');
    for (const wrong of ['nope=1', '_sort=x', 'active=x', '_lastUpdated=x', 'name=ab', '_count=x'])
      expect((await nurse.get(`Practitioner?identifier=${made(70_000, 5).join(',')}&${wrong}`)).status).toBe(
        400,
      );
    expect(standIn.questions()).toBe(asked);
  });
});

describe('a catalogue that does not answer', () => {
  const unasked = 'SE4999000013-P905';
  afterAll(recover);

  it('refuses the search, says so, and is asked again next time', async () => {
    await fail('VP009');
    const answer = await search(`Practitioner?identifier=${byId(unasked)}`);
    expect(answer.status).toBe(503);
    expect(codesOf(answer)).toEqual(['ORG-1', 'catalogue-unavailable']);
    expect(answer.body.issue[0].details.text).toMatch(/HSA-katalogen svarar inte/);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    // Who is known is found without it.
    expect((await search(`Practitioner?identifier=${byId(staff.nurse.user)}`)).body.total).toBe(1);
    await recover();
    expect((await search(`Practitioner?identifier=${byId(unasked)}`)).body.total).toBe(0);
  });

  it('ORG-1: lets nobody in whom only it can know, and everybody whom it has told of before', async () => {
    await fail('close');
    const answer = await asUser('SE4999000013-P906', healthCentre);
    expect(answer.status).toBe(503);
    expect(codesOf(answer)).toEqual(['ORG-1', 'catalogue-unavailable']);
    expect((await asUser(newcomer, healthCentre)).status).toBe(200);
    await recover();
    expect((await asUser('SE4999000013-P906', healthCentre)).status).toBe(403);
  });
});

describe('a step that names somebody', () => {
  const contact = (value: string) =>
    parameters(
      { name: 'contact', valueReference: { identifier: { system: identifierSystems.hsa, value } } },
      { name: 'callsToSip', valueBoolean: true },
    );

  it('SVU-8: takes who is in the catalogue, under the name it says; nobody else, and nothing while it is silent', async () => {
    await file.write({
      ...catalogue,
      people: [
        ...catalogue.people,
        {
          hsaId: 'SE4999000013-P907',
          given: 'Karl',
          surname: 'Kontaktsson',
          assignments: [{ hsaId: 'SE4999000013-A907', unit: healthCentre }],
        },
      ],
    });
    const id = await published(hub, '193406129829');
    const centre = await as(hub, 'healthCentre');
    await fail('fault');
    const silent = await centre.post(`CarePlan/${id}/$name-contact`, contact('SE4999000013-P907'));
    expect([silent.status, codesOf(silent)]).toEqual([503, ['ORG-1', 'catalogue-unavailable']]);
    await recover();
    const unknown = await centre.post(`CarePlan/${id}/$name-contact`, contact('SE4999000013-P998'));
    expect([unknown.status, codesOf(unknown)]).toEqual([422, ['ORG-1', 'reference-unknown']]);
    const named = await centre.post(`CarePlan/${id}/$name-contact`, contact('SE4999000013-P907'));
    expect(named.status).toBe(200);
    const protectedOne = await centre.post(`CarePlan/${id}/$name-contact`, contact(hidden));
    expect(protectedOne.status).toBe(200);
    const team = await centre.get(`CareTeam/${careTeamId(id)}`);
    const text = JSON.stringify(team.body);
    expect(text).toMatch(/Karl Kontaktsson/);
    expect(text).toMatch(/Skyddade personuppgifter/);
    expect(text).not.toMatch(/Dolberg/);
    await file.write(catalogue);
  });

  it('asks about nobody where a parameter that may stand once stands 400 times', async () => {
    const id = await published(hub, '194206219919');
    const nurse = await as(hub, 'nurse');
    const asked = standIn.questions();
    const steps = [
      ['ready', 'doctor', [{ name: 'date', valueDate: '2026-03-02' }]],
      ['name-contact', 'contact', [{ name: 'callsToSip', valueBoolean: true }]],
      ['remove-contact', 'contact', []],
    ] as const;
    for (const [step, name, more] of steps) {
      const persons = Array.from({ length: 400 }, (_, at) => ({
        name,
        valueReference: { identifier: { system: identifierSystems.hsa, value: `SE4999000013-R${at}` } },
      }));
      const answer = await nurse.post(`CarePlan/${id}/$${step}`, parameters(...persons, ...more));
      expect([step, answer.status, new Set(codesOf(answer))]).toEqual([
        step,
        422,
        new Set(['parameter-repeated']),
      ]);
    }
    expect(standIn.questions()).toBe(asked);
  });

  it('SVU-43: the doctor who finds the patient ready may be one whom only the catalogue names, a doctor of the hospital', async () => {
    const id = await published(hub, '194102039817');
    const nurse = await as(hub, 'nurse');
    const ready = (doctor: string) =>
      nurse.post(
        `CarePlan/${id}/$ready`,
        parameters(
          { name: 'date', valueDate: localDateOf(new Date().toISOString()) },
          {
            name: 'doctor',
            valueReference: { identifier: { system: identifierSystems.hsa, value: doctor } },
          },
        ),
      );
    // A doctor of a health centre; a nurse of the ward, of the file; of the catalogue; a home nurse.
    for (const other of [newcomer, staff.nurse.user, nurseThere, staff.homeNursing.user, elsewhere]) {
      const refused = await ready(other);
      expect([other, refused.status, codesOf(refused)]).toEqual([
        other,
        422,
        ['SVU-43', 'not-a-hospital-doctor'],
      ]);
    }
    expect((await ready(atHospital)).status).toBe(200);
  });
});

describe('a token for somebody whom the organisation file does not name', () => {
  it('ORG-1, ACC-7: opens the unit where the catalogue has an assignment for care, no other, and no longer than it has it', async () => {
    expect((await asUser(newcomer, healthCentre)).status).toBe(200);
    expect((await asUser(newcomer, staff.otherHealthCentre.unit)).status).toBe(403);
    // The care unit of the wards: which of them is for the file to say.
    expect((await asUser(newcomer, staff.nurse.unit)).status).toBe(403);
    expect((await asUser(elsewhere, 'SE4999001011-H101')).status).toBe(200);
    expect((await asUser(elsewhere, healthCentre)).status).toBe(403);
    // Assigned there, but not for care.
    expect((await asUser(short, healthCentre)).status).toBe(403);
    expect((await asUser(stranger, healthCentre)).status).toBe(403);
    expect((await asUser(nobody, healthCentre)).status).toBe(403);
    const gone = {
      ...catalogue,
      people: catalogue.people.map((each) => (each.hsaId === newcomer ? { ...each, assignments: [] } : each)),
    };
    await file.write(gone);
    await hub.tellCatalogue(factTopics.practitioner, await lookup.practitioner(newcomer));
    await follower.look();
    expect((await asUser(newcomer, healthCentre)).status).toBe(403);
    await file.write(catalogue);
    await hub.tellCatalogue(factTopics.practitioner, await lookup.practitioner(newcomer));
    await follower.look();
    expect((await asUser(newcomer, healthCentre)).status).toBe(200);
  });

  it('who leaves the catalogue is followed no more, shown no more, and found again on coming back', async () => {
    await file.write({ ...catalogue, people: catalogue.people.filter(({ hsaId }) => hsaId !== newcomer) });
    await hub.tellCatalogue(factTopics.practitioner, await lookup.practitioner(newcomer));
    await follower.look();
    expect((await search(`Practitioner/${directoryId(newcomer)}`)).status).toBe(410);
    expect(await staffToFollow(hub.cases)).not.toContain(newcomer);
    expect((await asUser(newcomer, healthCentre)).status).toBe(403);
    await file.write(catalogue);
    hub.time.now = new Date(Date.now() + 61_000);
    expect((await asUser(newcomer, healthCentre)).status).toBe(200);
    hub.time.now = undefined;
  });
});

describe('the catalogue of the fictional region', () => {
  it('ACC-7: has a health centre that is closed: inactive, nobody acts there', async () => {
    const unit = 'SE4999000013-H103';
    expect((await asUser('SE4999000013-P028', unit)).status).toBe(200);
    await hub.tellCatalogue(factTopics.unit, await lookup.unit(unit));
    await follower.look();
    const { body } = await search(`Organization/${directoryId(unit)}`);
    expect((body as Organization).active).toBe(false);
    expect((await asUser('SE4999000013-P028', unit)).status).toBe(403);
  });

  it('has a nurse of the organisation file with protected identity, whose name nobody sees', async () => {
    await hub.tellCatalogue(factTopics.practitioner, await lookup.practitioner('SE4999000013-P029'));
    await follower.look();
    const found = (await search(`Practitioner?identifier=${byId('SE4999000013-P029')}`)).body as Bundle;
    expect(families(found)).toEqual([undefined]);
    for (const name of ['Hemlund', 'Vera', 'personuppgifter'])
      expect((await search(`Practitioner?name=${name}`)).body.total).toBe(0);
    expect((await asUser('SE4999000013-P029', staff.otherWard.unit)).status).toBe(200);
  });
});
