import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Practitioner } from 'fhir/r4.js';
import { CatalogueFollower } from '../../src/cases/jobs/follow-catalogue.js';
import { showDirectory } from '../../src/cases/show-directory.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import { factTopics, type PractitionerFact } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as } from '../support/svu.js';

let hub: TestHub;
let follower: CatalogueFollower;

beforeAll(async () => {
  hub = await startHub();
  const { directory, sql, now } = hub.cases;
  const show = async () => {
    await showDirectory(hub.store.database, directory, now());
  };
  follower = new CatalogueFollower({
    sql,
    directory: directory as LiveDirectory,
    file: directory.organisation,
    rules: { source: 'merged', longestAgeMilliseconds: 24 * 3_600_000 },
    now,
    onChange: show,
  });
  await show();
});
afterAll(() => hub.stop());

const search = async (query: string) => (await as(hub, 'nurse')).get(query);
const tell = async (fact: Partial<PractitionerFact> & { readonly practitioner: string }) => {
  await hub.tellCatalogue(factTopics.practitioner, {
    found: true,
    protectedPerson: false,
    titles: ['204010'],
    licences: ['Läkare'],
    assignments: [],
    readAt: new Date().toISOString(),
    ...fact,
  });
  await follower.look();
};
const families = ({ body }: { body: Bundle }) =>
  (body.entry ?? []).map(({ resource }) => (resource as Practitioner).name?.[0]?.family);

describe('a search among the staff', () => {
  it('SVU-8, SVU-10: finds somebody in the organisation where the person works now', async () => {
    const moved = { practitioner: 'SE4999000013-P911', name: { given: 'Mona', surname: 'Flyttberg' } };
    await tell(moved);
    expect(families(await search('Practitioner?name=Flytt'))).toEqual(['Flyttberg']);
    await tell({
      ...moved,
      assignments: [
        { hsaId: 'SE4999001011-A911', unit: 'SE4999001011-H101', purpose: 'Vård och behandling' },
      ],
    });
    expect(families(await search('Practitioner?name=Flytt&organisation=4999001011'))).toEqual(['Flyttberg']);
    expect(families(await search('Practitioner?name=Flytt'))).toEqual([]);
  });
});
