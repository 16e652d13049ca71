import { describe, expect, it } from '@jest/globals';
import type { Task } from 'fhir/r4.js';
import type { KindOfTodo } from '../process/todo/kind-of-todo.js';
import type { Todo } from '../process/vocabulary.js';
import { codeSystems } from './codes/codes.js';
import { hubReference } from './references.js';
import { renderTask } from './todo-task.js';

/** A to-do of any kind of case, whose code says nothing of it. */
const row: KindOfTodo = {
  rules: ['SVU-7'],
  responsibility: 'acknowledge',
  acknowledges: true,
  carries: {
    visitAt: { as: 'instant', sv: 'Besökstid', en: 'Time of the visit' },
    bookedOn: { as: 'date', sv: 'Bokad den', en: 'Booked on' },
    urgent: { as: 'boolean', sv: 'Brådskande', en: 'Urgent' },
    by: { as: 'unit', sv: 'Av', en: 'By' },
    sides: { as: 'codes', of: 'side', sv: 'Sidor', en: 'Sides' },
    number: { as: 'text', sv: 'Nummer', en: 'Number' },
  },
  sv: 'Bekräfta besöket',
  en: 'Confirm the visit',
};
const todo: Todo = {
  key: 'confirm-visit:1',
  kind: 'confirm-visit',
  unit: 'SE4999000013-W101',
  responsibility: 'acknowledge',
  openedAt: '2026-11-20T08:00:00.000Z',
  state: 'requested',
  personal: true,
};
const rendered = (changes: Partial<Todo>, kind: KindOfTodo = row): Task =>
  renderTask(
    { ...todo, ...changes },
    { streamId: '5f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21', kind, draft: false, requester: hubReference() },
  ).content as Task;

describe('A to-do is shown by the row of its kind', () => {
  it.each([
    { kind: row, completed: 'acknowledged' },
    { kind: { ...row, acknowledges: undefined } as unknown as KindOfTodo, completed: 'shown' },
  ])(
    'SVU-7: done, the sender reads that it is $completed, however its code is called',
    ({ kind, completed }) => {
      expect(rendered({ state: 'completed' }, kind).businessStatus?.coding?.[0]?.code).toBe(completed);
      expect(rendered({}, kind).businessStatus?.coding?.[0]?.code).toBe('delivered');
    },
  );

  it('ORG-12: what it carries has the words and the type of the row', () => {
    const input = {
      visitAt: '2026-11-21T09:00:00.000Z',
      bookedOn: '2026-11-20',
      urgent: 'true',
      by: 'SE4999000013-W102',
      byName: 'Avdelning 2',
      sides: 'hospital,unheard-of',
      number: '12',
    };
    const { side, todoInput } = codeSystems;
    const type = (code: string, text: string) => ({
      coding: [{ system: todoInput.system, code, display: text }],
      text,
    });
    expect(rendered({ input }).input).toEqual([
      { type: type('bookedOn', 'Bokad den'), valueDate: '2026-11-20' },
      {
        type: type('by', 'Av'),
        valueReference: expect.objectContaining({
          display: 'Avdelning 2',
          identifier: expect.objectContaining({ value: 'SE4999000013-W102' }),
        }),
      },
      { type: type('number', 'Nummer'), valueString: '12' },
      {
        type: type('sides', 'Sidor'),
        valueCoding: expect.objectContaining({ system: side.system, code: 'hospital' }),
      },
      { type: type('sides', 'Sidor'), valueString: 'unheard-of' },
      { type: type('urgent', 'Brådskande'), valueBoolean: true },
      { type: type('visitAt', 'Besökstid'), valueDateTime: '2026-11-21T09:00:00.000Z' },
    ]);
  });

  it('what its kind does not carry, an older program gave it: it is shown as it stands', () => {
    expect(rendered({ input: { former: 'x' } }).input).toEqual([
      { type: { text: 'former' }, valueString: 'x' },
    ]);
  });
});
