import { expect, it } from '@jest/globals';
import type { Task, TaskOutput } from 'fhir/r4.js';
import { Submitted } from '../submitted/submitted.js';
import type { Submission } from '../submitted/submitted.js';
import { readOutputs } from './task-remarks.js';

const answers = {
  system: 'https://hub.example/answers',
  concepts: {
    'handled-on': { sv: 'Hanterat', en: 'Handled' },
    'asked-on': { sv: 'Tillfrågad', en: 'Asked' },
  },
};
const output = (code: string, valueDate: string): TaskOutput => ({
  type: { coding: [{ system: answers.system, code }] },
  valueDate,
});
const read = (sent: readonly TaskOutput[], stored: readonly TaskOutput[]) => {
  const submission: Submission = {
    baseUrl: 'https://hub.example/fhir',
    window: { first: '1996-03-02', last: '2029-03-02' },
    issues: [],
    faults: 0,
  };
  const task: Task = { resourceType: 'Task', intent: 'order', status: 'accepted', output: [...sent] };
  const outputs = readOutputs(new Submitted(task, 'Task', submission), answers, stored);
  return [outputs, submission.issues.map(({ expression }) => expression?.[0])];
};

it.each(['1990-01-01', '2040-01-01'])(
  'an answer that stands with a day outside what is taken now (%s) does not hinder another',
  (day) => {
    const sent = [output('asked-on', day), output('handled-on', '2026-03-02')];
    expect(read(sent, [output('asked-on', day)])).toEqual([
      { 'asked-on': day, 'handled-on': '2026-03-02' },
      [],
    ]);
  },
);

it.each<[string, readonly TaskOutput[]]>([
  ['that is new', []],
  ['in place of another day', [output('asked-on', '1991-01-01')]],
  ['of another answer', [output('handled-on', '1990-01-01')]],
])('a day %s is taken only within the window', (_what, stored) => {
  expect(read([output('asked-on', '1990-01-01')], stored)).toEqual([{}, ['Task.output[0].value']]);
});
