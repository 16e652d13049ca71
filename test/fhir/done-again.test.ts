import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Consent } from 'fhir/r4.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, consent, opened, published } from '../support/svu.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

it('SVU-7: done again, by the copy that was read before it was done, is 200 and changes nothing', async () => {
  const centre = await as(hub, 'healthCentre');
  const [todo] = await centre.todos(await published(hub, '193406129829'));
  const { body } = await centre.get(`Task/${todo?.id}`);
  const done = await centre.put(`Task/${todo?.id}`, { ...body, status: 'completed' });
  const again = await centre.put(`Task/${todo?.id}`, { ...body, status: 'completed' });
  expect([done.status, again.status]).toEqual([200, 200]);
  expect(again.body.meta.versionId).toBe(done.body.meta.versionId);
  expect(again.body.executionPeriod).toEqual(done.body.executionPeriod);

  // Another end than the hub's is still refused by its place.
  const end = new Date().toISOString();
  const other = await centre.put(`Task/${todo?.id}`, {
    ...done.body,
    executionPeriod: { ...done.body.executionPeriod, end },
  });
  expect([other.status, other.body.issue[0].expression]).toEqual([422, ['Task.executionPeriod']]);
});

it('CON-8: a decision deregistered again, by the copy that was read before it was, is 200 and changes nothing', async () => {
  const nurse = await as(hub, 'nurse');
  const draft = await opened(hub, '194102039817');
  const { body } = await nurse.post('Consent', consent(draft, 'consent'));
  const deregistered = { ...body, status: 'inactive' };
  const done = await nurse.put(`Consent/${body.id}`, deregistered);
  const again = await nurse.put(`Consent/${body.id}`, deregistered);
  expect([done.status, again.status, again.text]).toEqual([200, 200, done.text]);

  // Another end than the hub's is still refused by its place.
  const period = { ...done.body.provision.period, end: new Date(0).toISOString() };
  const other = await nurse.put(`Consent/${body.id}`, {
    ...done.body,
    provision: { ...done.body.provision, period },
  });
  expect([other.status, other.body.issue[0].expression]).toEqual([422, ['Consent.provision.period.end']]);
});

it('CON-2, CON-8: one that was replaced is not quietly deregistered while the later one stands, by whichever copy', async () => {
  const nurse = await as(hub, 'nurse');
  const draft = await opened(hub, '195209179851');
  const { body: first } = await nurse.post('Consent', consent(draft, 'consent'));
  const { body: later } = await nurse.post('Consent', consent(draft, 'consent'));
  const { body: replaced } = await nurse.get(`Consent/${first.id}`);
  expect(replaced.status).toBe('inactive');
  const withdraw = (each: Consent) => nurse.put(`Consent/${each.id}`, { ...each, status: 'inactive' });
  for (const copy of [first, replaced]) {
    const answer = await withdraw(copy);
    expect([answer.status, codesOf(answer)]).toEqual([422, ['CON-8', 'decision-not-current']]);
  }
  expect((await nurse.get(`Consent/${later.id}`)).body.status).toBe('active');

  // When none stands, what was asked is so.
  expect((await withdraw(later)).status).toBe(200);
  for (const copy of [first, replaced]) expect((await withdraw(copy)).status).toBe(200);
});
