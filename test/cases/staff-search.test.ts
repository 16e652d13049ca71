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
const hsa = 'urn:oid:1.2.752.29.4.19';
const found = ({ body }: { body: Bundle }) => (body.entry ?? []).map(({ resource }) => resource?.id);
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

  it('decision 24: who is protected is found by HSA-id, and by no unit, role or organisation', async () => {
    const unit = 'SE4999001011-H101';
    const work = (practitioner: string, assignment: string) => ({
      practitioner,
      assignments: [{ hsaId: assignment, unit, purpose: 'Vård och behandling' }],
    });
    await tell({ ...work('SE4999001011-P912', 'SE4999001011-A912'), protectedPerson: true });
    await tell({
      ...work('SE4999001011-P913', 'SE4999001011-A913'),
      name: { given: 'Nils', surname: 'Synlig' },
    });
    const protectedWork = await search(`PractitionerRole?practitioner:identifier=${hsa}|SE4999001011-P912`);
    expect(found(protectedWork)).toHaveLength(1);
    const [{ resource } = { resource: undefined }] = protectedWork.body.entry ?? [];
    const id = resource?.id ?? '';
    for (const exact of [
      `practitioner.identifier=${hsa}|SE4999001011-P912`,
      `identifier=${hsa}|SE4999001011-A912`,
      `_id=${id}`,
      `_id=${id}&organization:identifier=${hsa}|${unit}`,
    ])
      expect(found(await search(`PractitionerRole?${exact}`))).toEqual([id]);
    const of = await search(`Organization?identifier=${hsa}|${unit}`);
    const organization = of.body.entry?.[0]?.resource?.id ?? '';
    for (const wide of [
      `organization:identifier=${hsa}|${unit}`,
      `organization=Organization/${organization}`,
      `organization=${organization}`,
      `organization:Organization=${organization}`,
      `organization=${organization}&role=204010`,
      `organization=${organization}&active=true`,
      `organization=${organization}&organisation=4999001011`,
      `organization=${organization}&_include=PractitionerRole:practitioner`,
    ]) {
      const { body } = await search(`PractitionerRole?${wide}`);
      expect(JSON.stringify(body)).toContain('Synlig');
      expect(JSON.stringify(body)).not.toMatch(/P912|A912|Skyddade/u);
    }
  });
});
