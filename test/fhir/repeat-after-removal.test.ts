import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, consent, parameters, published, staff } from '../support/svu.js';

/** ACC-7: what a unit was answered before it was removed is not repeated to it afterwards. */

const number = '194102039817';
let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, number);
});
afterAll(() => hub.stop());

const unit = (hsaId: string) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: hsaId } },
});
const confirmed = { name: 'confirmed', valueBoolean: true };
type Attempt = {
  readonly what: string;
  readonly status: number;
  readonly again: (other?: true) => ReturnType<Send>;
};
type Send = Awaited<ReturnType<typeof as>>['post'];

it('ACC-7: a repeat with its Idempotency-Key is 404 to a unit that was removed, whatever the first answer', async () => {
  const nurse = await as(hub, 'nurse');
  const assessor = await as(hub, 'municipality');
  const guest = await as(hub, 'otherWard');
  const add = await nurse.post(`CarePlan/${id}/$add-participant`, parameters(unit(staff.otherWard.unit)));
  expect(add.status).toBe(200);
  const attempts: Attempt[] = [];
  const attempt = async (send: Send, path: string, body: object, what: string) => {
    const key = randomUUID();
    const again = (other?: true) => send(path, other === true ? { ...body, language: 'sv' } : body, { key });
    const { status } = await again();
    attempts.push({ what, status, again });
    return status;
  };
  const [todo] = await assessor.todos(id);
  if (todo === undefined) throw new Error('the municipality has no to-do');
  await attempt(assessor.put, `Task/${todo.id}`, { ...todo, status: 'accepted' }, 'a step taken');
  await attempt(assessor.put, `Task/${todo.id}`, { ...todo, status: 'draft' }, 'a to-do refused');
  await attempt(
    assessor.post,
    `CarePlan/${id}/$ready`,
    parameters(
      { name: 'date', valueDate: '2026-01-01' },
      {
        name: 'doctor',
        valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE4999000013-P002' } },
      },
    ),
    "another side's step",
  );
  await attempt(assessor.post, 'Consent', consent(id), 'a Consent refused');
  const wrong = { ...consent(id), status: 'draft' };
  await attempt(assessor.post, 'Consent', wrong, 'a Consent that could not be read');
  await attempt(
    assessor.post,
    `CarePlan/${id}/$add-participant`,
    parameters(unit(staff.homeNursing.unit)),
    'a unit added',
  );
  await attempt(
    assessor.post,
    `CarePlan/${id}/$remove-participant`,
    parameters(unit(staff.municipality.unit), confirmed, { name: 'reason', valueString: 'Fel enhet' }),
    'its own removal',
  );
  // Names the open case to who takes part in it (SVU-2).
  const opening = await attempt(guest.post, 'CarePlan', carePlan(number), 'a second case refused');
  expect([attempts.map(({ status }) => status), opening]).toEqual([
    [200, 422, 403, 403, 422, 200, 204, 409],
    409,
  ]);
  const removal = parameters(unit(staff.otherWard.unit), confirmed);
  expect((await nurse.post(`CarePlan/${id}/$remove-participant`, removal)).status).toBe(200);

  for (const { what, again } of attempts)
    for (const answer of [await again(), await again(true)])
      expect([what, answer.status, codesOf(answer)]).toEqual([what, 404, ['ACC-1', 'not-found']]);
});

it('ACC-1: whoever may not see what a write is about is told that alone, whatever is wrong with the body', async () => {
  const nurse = await as(hub, 'nurse');
  const stranger = await as(hub, 'municipality');
  const [todo] = await nurse.todos(id);
  const decision = await nurse.post('Consent', consent(id));
  expect(decision.status).toBe(201);
  const wrong = { status: 'draft', language: 'en' };
  const answers = [
    await stranger.put(`Task/${todo?.id}`, { ...todo, ...wrong }),
    await stranger.put(`Task/${todo?.id}`, { resourceType: 'Task' }),
    await stranger.put(`Task/${todo?.id}`, { ...todo, id: randomUUID() }),
    await stranger.put(`Consent/${decision.body.id}`, { ...decision.body, ...wrong }),
    await stranger.put(`Consent/${decision.body.id}`, { resourceType: 'Consent' }),
    await stranger.post('Consent', { ...consent(id), ...wrong }),
    await stranger.post('Consent', { ...consent(id), category: [{ text: 'samtycke' }] }),
    await stranger.post(`CarePlan/${id}/$ready`, parameters({ name: 'nothing', valueString: 'x' })),
    await stranger.post(`CarePlan/${id}/$ready`, { resourceType: 'Task' }),
  ];
  expect(answers.map(codesOf)).toEqual(answers.map(() => ['ACC-1', 'not-found']));
});

it('a repeat is the first answer to a unit that still takes part', async () => {
  const nurse = await as(hub, 'nurse');
  for (const [path, body, status] of [
    ['CarePlan', carePlan(number), 409],
    ['Consent', consent(id), 201],
    [`CarePlan/${id}/$undo-discharge`, parameters(), 422],
  ] as const) {
    const key = randomUUID();
    const first = await nurse.post(path, body, { key });
    const again = await nurse.post(path, body, { key });
    expect([path, first.status, again.status, again.body]).toEqual([path, status, status, first.body]);
    const other = await nurse.post(path, { ...body, language: 'sv' }, { key });
    expect([path, codesOf(other)]).toEqual([path, ['key-reused']]);
  }
});
