import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Task } from 'fhir/r4.js';
import { localDateOf } from '../../src/process/time.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, parameters, published, staff } from '../support/svu.js';

const astrid = '193406129829';
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

it('SVU-7, SVU-8, SVU-9, SVU-10, SVU-13, SVU-21: one case from admission to discharge, over HTTP and SOAP', async () => {
  const id = await published(hub, astrid);
  const [nurse, centre, assessor] = [
    await as(hub, 'nurse'),
    await as(hub, 'healthCentre'),
    await as(hub, 'municipality'),
  ];
  const kindsOf = (todos: readonly Task[]) => todos.map(({ code }) => code?.coding?.[0]?.code);
  /** SVU-8: the health centre is asked for a contact, which no acknowledgement answers. */
  const acknowledge = async (of: typeof centre, left: readonly string[] = []): Promise<void> => {
    for (const todo of await of.todos(id)) {
      if (kindsOf([todo])[0] === 'appoint-contact') continue;
      const answer = await of.put(`Task/${todo.id}`, { ...todo, status: 'completed' });
      expect([answer.status, codesOf(answer)]).toEqual([200, []]);
    }
    expect(kindsOf(await of.todos(id))).toEqual(left);
  };
  await acknowledge(centre, ['appoint-contact']);
  await acknowledge(assessor);
  const day = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  const moved = await nurse.post(
    `CarePlan/${id}/$change-planned-discharge`,
    parameters({ name: 'date', valueDate: day }, { name: 'reason', valueString: 'Väntar på röntgen' }),
  );
  expect([moved.status, moved.body.period?.end]).toEqual([200, day]);
  await acknowledge(centre, ['appoint-contact']);
  const contact = await centre.post(
    `CarePlan/${id}/$name-contact`,
    parameters(
      {
        name: 'contact',
        valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.healthCentre.user } },
      },
      { name: 'callsToSip', valueBoolean: true },
    ),
  );
  expect([contact.status, codesOf(contact)]).toEqual([200, []]);
  const today = localDateOf(new Date().toISOString());
  const ready = await nurse.post(
    `CarePlan/${id}/$ready`,
    parameters(
      { name: 'date', valueDate: today },
      {
        name: 'doctor',
        valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.doctor.user } },
      },
    ),
  );
  expect([ready.status, codesOf(ready)]).toEqual([200, []]);
  await acknowledge(centre);
  const home = await nurse.post(
    `CarePlan/${id}/$discharge`,
    parameters(
      { name: 'dischargedAt', valueDateTime: new Date(Date.now() - 60_000).toISOString() },
      { name: 'form', valueCode: 'discharge' },
      { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    ),
  );
  expect([home.status, home.body.status]).toEqual([200, 'completed']);
});
