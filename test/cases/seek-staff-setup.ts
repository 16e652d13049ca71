import { afterAll, beforeAll } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Bundle, Practitioner } from 'fhir/r4.js';
import { createCatalogueLookup, type RunningCatalogueLookup } from '../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueStandIn } from '../../connectors/hsa/stand-in.js';
import type { SoapStandIn } from '../../connectors/common/stand-in/soap-stand-in.js';
import { CatalogueFollower } from '../../src/cases/jobs/follow-catalogue.js';
import { seekStaff } from '../../src/cases/catalogue/seek-staff.js';
import { showDirectory } from '../../src/cases/show-directory.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { dataFile, silent } from '../connectors/common/support.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as } from '../support/svu.js';

/** Of the fictional region's catalogue, and not in its organisation file: one who is new, and one who is protected. */
export const newcomer = 'SE4999000013-P901';
export const hidden = 'SE4999000013-P902';
/** Made up here: works where no unit of the organisation file is; works for another organisation; changes as the tests go. */
export const stranger = 'SE4999000013-P903';
export const elsewhere = 'SE4999001011-P901';
export const short = 'SE4999000013-P904';
export const atHospital = 'SE4999000013-P915';
export const nurseThere = 'SE4999000013-P916';
export const nobody = 'SE4999000013-P999';
export const healthCentre = 'SE4999000013-H101';

type CatalogueFile = { people: { hsaId: string; assignments?: object[]; [field: string]: unknown }[] };
const region = JSON.parse(
  await readFile(fromProjectRoot('src/demo/fictional-region/hsa.json'), 'utf8'),
) as CatalogueFile;
const care = { titles: ['204010'], licences: ['Läkare'] };
export const catalogue: CatalogueFile = {
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

export let hub: TestHub;
export let file: Awaited<ReturnType<typeof dataFile>>;
export let standIn: SoapStandIn;
export let lookup: RunningCatalogueLookup;
export let follower: CatalogueFollower;

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
export const fail = (fault: string) =>
  fetch(control(), { method: 'POST', body: JSON.stringify({ fault, times: 1000 }) });
export const recover = () => fetch(control(), { method: 'DELETE' });
export const byId = (hsaId: string) => `${identifierSystems.hsa}%7C${hsaId}`;
export const search = async (query: string) => (await as(hub, 'nurse')).get(query);
export const families = (body: Bundle) =>
  (body.entry ?? []).map(({ resource }) => (resource as Practitioner).name?.[0]?.family);
export const asUser = async (user: string, unit: string) =>
  hub
    .http()
    .get('/fhir/Organization?_count=1')
    .set('authorization', await hub.user(user, unit));
