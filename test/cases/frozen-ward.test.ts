import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Task } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, published, staff } from '../support/svu.js';

/** PAT-6: what a ward with many patients is told when one of them becomes protected. */
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const telephone = async (who: 'nurse' | 'municipality' | 'homeNursing', id: string): Promise<Task[]> => {
  const todos: readonly Task[] = await (await as(hub, who)).todos(id);
  return todos.filter(({ code }) => code?.coding?.[0]?.code === 'continue-by-telephone');
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
