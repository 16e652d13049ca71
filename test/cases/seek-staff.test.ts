import { afterAll, describe, expect, it } from '@jest/globals';
import type { Bundle, PractitionerRole } from 'fhir/r4.js';
import { staffToFollow } from '../../src/cases/catalogue/seek-staff.js';
import { as, codesOf, staff } from '../support/svu.js';
import {
  asUser,
  byId,
  elsewhere,
  fail,
  families,
  healthCentre,
  hidden,
  hub,
  newcomer,
  nobody,
  recover,
  search,
  standIn,
  stranger,
} from './seek-staff-setup.js';

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
