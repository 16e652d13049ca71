import { describe, expect, it } from '@jest/globals';
import type { Bundle, Organization } from 'fhir/r4.js';
import { staffToFollow } from '../../src/cases/catalogue/seek-staff.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { localDateOf } from '../../src/process/time.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { careTeamId, directoryId } from '../../src/projection/identity.js';
import { as, codesOf, parameters, published, staff } from '../support/svu.js';
import {
  asUser,
  atHospital,
  byId,
  catalogue,
  elsewhere,
  fail,
  families,
  file,
  follower,
  healthCentre,
  hidden,
  hub,
  lookup,
  newcomer,
  nobody,
  nurseThere,
  recover,
  search,
  short,
  standIn,
  stranger,
} from './seek-staff-setup.js';

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
        new Set(['parameter-repeated', 'more-faults']),
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
