import { describe, expect, it } from '@jest/globals';
import type { Bundle, Practitioner } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { directoryId } from '../../src/projection/identity.js';
import { as, codesOf, staff } from '../support/svu.js';
import { follower, hub, nurseFact } from './catalogue-facts-setup.js';

const names = (body: Bundle): readonly (string | undefined)[] =>
  (body.entry ?? []).map(({ resource }) => (resource as Practitioner).name?.[0]?.family);

describe('a search among the staff', () => {
  const search = async (query: string) => (await as(hub, 'nurse')).get(query);

  it('SVU-8: is by three letters at least, or by HSA-id', async () => {
    for (const query of [
      'name=Da',
      'family=D',
      'given=Ag',
      'name:exact=Da',
      'name=%20D-a%20',
      'name=Dalst,Da',
    ]) {
      const answer = await search(`Practitioner?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(answer.body.issue[0].details.text).toMatch(/minst tre bokstäver/);
    }
    const found = await search(
      `Practitioner?identifier=urn:oid:1.2.752.29.4.19%7C${staff.municipality.user}`,
    );
    expect(found.body.total).toBe(1);
  });

  it('SVU-8, SVU-10: stays in one’s own organisation unless it names another', async () => {
    expect(names((await search('Practitioner?name=Dal')).body)).toEqual(['Dalström']);
    expect(names((await search('Practitioner?name=Sjö')).body)).toEqual(['Sjöhag']);
    const outside = await search('Practitioner?name=Sjö&organisation=4999000039');
    expect(
      outside.body.entry.map((each: { resource: Practitioner }) => each.resource.name?.[0]?.given),
    ).toEqual([['Greta']]);
    const unit = `organization=${directoryId(staff.homeNursing.unit)}`;
    for (const more of ['', '&active=true'])
      expect((await search(`PractitionerRole?${unit}${more}`)).body.entry.length).toBeGreaterThan(0);
  });

  it.each([
    '',
    'organisation=4999000047',
    'active=true',
    '_lastUpdated=ge2020',
    '_summary=count',
    '_count=5',
    'name=',
    'identifier=',
    'name=&organisation=4999000047',
  ])('SVU-8: Practitioner?%s lists nobody: staff are looked for', async (query) => {
    const answer = await search(`Practitioner?${query}`);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['SVU-8', 'staff-not-listed']]);
  });

  it.each(['', 'organisation=4999000047', 'role=nurse', 'role=nurse&active=true', 'organization='])(
    'SVU-8: PractitionerRole?%s lists nobody, for it names neither a unit nor one of the staff',
    async (query) => {
      const answer = await search(`PractitionerRole?${query}`);
      expect([answer.status, codesOf(answer)]).toEqual([400, ['SVU-8', 'staff-not-listed']]);
    },
  );

  it('protected staff are found by HSA-id alone, and shown without a name', async () => {
    const { name: _name, ...rest } = nurseFact({ protectedPerson: true });
    await hub.tellCatalogue(factTopics.practitioner, rest);
    await follower.look();
    const identifier = `urn:oid:1.2.752.29.4.19%7C${staff.otherWard.user}`;
    for (const query of [
      'name=Katalogsson',
      'family=Katalogsson',
      'name=Skyddade',
      `name=${'Katalogsson'.slice(0, 3)}`,
    ])
      expect((await search(`Practitioner?${query}`)).body.total).toBe(0);
    const found = (await search(`Practitioner?identifier=${identifier}`)).body as Bundle;
    expect(found.entry).toHaveLength(1);
    expect(names(found)).toEqual([undefined]);
    const roles = await search(`PractitionerRole?practitioner:identifier=${identifier}`);
    expect(roles.body.entry).toHaveLength(1);
    expect(JSON.stringify(roles.body)).not.toMatch(/Katalogsson/);
    const { rows } = await hub.store.database.query<{ text: string }>(
      `select content::text || tokens::text as text from resource where type in ('Practitioner', 'PractitionerRole') and content::text like '%' || $1 || '%'`,
      [staff.otherWard.user],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ text }) => text).join('')).not.toMatch(/katalogsson/i);
  });

  it('earlier versions of protected staff, which had a name, are read by nobody, nor those of work that has ended', async () => {
    const own = directoryId(staff.otherWard.user);
    const named = async () => {
      const { rows } = await hub.store.database.query<{ text: string }>(
        `select content::text as text from resource_version where type in ('Practitioner', 'PractitionerRole')
           and content::text like '%' || $1 || '%'`,
        [own],
      );
      return rows.filter(({ text }) => /Katalogsson|"display":"[^"|]*[|](?!Skyddade)/.test(text)).length;
    };
    await hub.tellCatalogue(factTopics.practitioner, nurseFact());
    await follower.look();
    const elsewhere = {
      hsaId: 'SE4999000013-A905',
      unit: 'SE4999000013-W101',
      purpose: 'Vård och behandling',
    };
    await hub.tellCatalogue(factTopics.practitioner, nurseFact({ assignments: [elsewhere] }));
    await follower.look();
    expect(await named()).toBeGreaterThan(2);

    const { name: _name, ...rest } = nurseFact({ protectedPerson: true, assignments: [elsewhere] });
    await hub.tellCatalogue(factTopics.practitioner, rest);
    await follower.look();
    expect(await named()).toBe(0);
    const nurse = await as(hub, 'nurse');
    const current = await nurse.get(`Practitioner/${own}`);
    const version = Number(current.body.meta.versionId);
    expect((await nurse.get(`Practitioner/${own}/_history/${version - 1}`)).status).toBe(404);
    const history = (await nurse.get(`Practitioner/${own}/_history`)).body as Bundle;
    expect(history.entry).toHaveLength(1);
    expect(JSON.stringify(history)).not.toMatch(/Katalogsson/);
  });
});
