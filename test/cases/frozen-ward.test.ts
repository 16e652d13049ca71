import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, Task } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, parameters, published, staff } from '../support/svu.js';

/** PAT-6: what a ward with many patients is told when one of them becomes protected. */
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const telephone = async (who: 'nurse' | 'municipality' | 'homeNursing', id: string): Promise<Task[]> => {
  const answer = await (
    await as(hub, who)
  ).get(`Task?owner:identifier=urn:oid:1.2.752.29.4.19|${staff[who].unit}&code=continue-by-telephone`);
  const all = ((answer.body as Bundle<Task>).entry ?? []).map(({ resource }) => resource as Task);
  return all.filter(({ basedOn }) => basedOn?.[0]?.reference === `CarePlan/${id}`);
};
const visitsOf = (todos: readonly Task[]) =>
  todos.map(({ input }) =>
    (input ?? []).map(({ type, valueString }) => [type.coding?.[0]?.code, valueString]),
  );

it.each([
  ['194711199846', 'V-88', [['visit', 'V-88']]],
  ['193804289860', '193804289860', []],
])(
  'PAT-6, ACC-1: the ward is told what its journal calls the stay, unless that is a number, and nobody else is (%#)',
  async (value, visit, expected) => {
    const now = new Date().toISOString();
    const person = { type: 'personnummer', value } as const;
    const admitted = {
      kind: 'admitted' as const,
      person,
      visit,
      ward: staff.nurse.unit,
      admittedAt: now,
      occurredAt: now,
    };
    await hub.tell(factTopics.stay, { ...admitted, sender: 'FRZ', messageId: `FRZ${visit}` });
    const id = await published(hub, value);
    const record = { identifier: person, protectedPerson: true };
    await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
    expect(visitsOf(await telephone('nurse', id))).toEqual([expected]);
    for (const todos of [await telephone('municipality', id), await telephone('homeNursing', id)])
      expect(visitsOf(todos).flat()).toEqual([]);
  },
);

it('PAT-6: another ward of the hospital that takes part is not told which stay it is, and the ward does its to-do', async () => {
  const [value, visit] = ['194102039817', 'V-89'];
  const person = { type: 'personnummer', value } as const;
  const now = new Date().toISOString();
  const admitted = { kind: 'admitted' as const, person, visit, ward: staff.nurse.unit };
  const sent = { admittedAt: now, occurredAt: now, sender: 'FRZ', messageId: 'FRZ-89' };
  await hub.tell(factTopics.stay, { ...admitted, ...sent });
  const id = await published(hub, value);
  const nurse = await as(hub, 'nurse');
  const unit = { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.otherWard.unit } };
  const added = await nurse.post(
    `CarePlan/${id}/$add-participant`,
    parameters({ name: 'unit', valueReference: unit }),
  );
  expect(added.status).toBe(200);
  const record = { identifier: person, protectedPerson: true };
  await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
  const other = await as(hub, 'otherWard');
  const seen = await other.get('Task?code=continue-by-telephone&_count=200');
  expect(seen.status).toBe(200);
  expect(seen.text).not.toContain(visit);
  const [mine] = await telephone('nurse', id);
  expect((await other.get(`Task/${mine?.id}`)).status).toBe(404);
  expect((await nurse.put(`Task/${mine?.id}`, { ...mine, status: 'completed' })).status).toBe(200);
});
