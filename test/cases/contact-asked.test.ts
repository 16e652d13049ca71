import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CarePlan, Task } from 'fhir/r4.js';
import { endOfDay } from '../../src/process/time.js';
import { careTeamId } from '../../src/projection/identity.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, codesOf, consent, parameters, published, staff } from '../support/svu.js';

/** SVU-8 over FHIR: who is asked for a contact, until when, and what ends it. */
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const contact = {
  name: 'contact',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.healthCentre.user } },
};
const named = parameters(contact, { name: 'callsToSip', valueBoolean: true });

it('SVU-8, CON-5: the health centre has a Task until it has named a contact, anew when nobody is left, and none under a refusal', async () => {
  const id = await published(hub, '193406129829');
  const [nurse, centre] = [await as(hub, 'nurse'), await as(hub, 'healthCentre')];
  const asked = async (by: typeof centre): Promise<readonly Task[]> =>
    (await by.todos(id)).filter(({ code }) => code?.coding?.[0]?.code === 'appoint-contact');
  const taken = async (path: string, body: object, by = centre): Promise<void> => {
    const answer = await by.post(path, body);
    expect([path, codesOf(answer), answer.status < 300]).toEqual([path, [], true]);
  };
  const { period } = (await nurse.get(`CarePlan/${id}`)).body as CarePlan;
  const [task, ...others] = await asked(centre);
  expect(others).toEqual([]);
  expect(r4Faults(task!)).toEqual([]);
  expect(task).toMatchObject({
    owner: { identifier: { value: staff.healthCentre.unit } },
    performerType: [{ coding: [{ code: 'write' }] }],
    restriction: { period: { end: endOfDay(period?.end ?? '') } },
  });
  // The hospital reads it too, and sees when it is late.
  expect((await nurse.get(`Task/${task?.id}`)).status).toBe(200);

  await taken(`CarePlan/${id}/$name-contact`, named);
  expect(await asked(centre)).toEqual([]);
  expect(((await centre.get(`Task/${task?.id}`)).body as Task).status).toBe('completed');
  expect((await nurse.get(`CareTeam/${careTeamId(id)}`)).text).toContain('Fast vårdkontakt');

  await taken(`CarePlan/${id}/$remove-contact`, parameters(contact));
  const [again] = await asked(centre);
  expect(again?.id).not.toBe(task?.id);
  await taken('Consent', consent(id, 'refusal'), nurse);
  expect(await asked(centre)).toEqual([]);
  expect((await centre.get(`Task/${again?.id}`)).status).toBe(404);
});
