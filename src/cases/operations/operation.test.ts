import { byName, operation } from './operation.js';
import type { OperationParameter } from './operation.js';

const words = { rules: ['SVU-1'], sv: 'Ett steg.', en: 'A step.' } as const;
const date = { name: 'date', field: 'day', type: 'date', min: 1, max: '1', sv: 'Dag.', en: 'Day.' } as const;

const row = (name: string, ...parameters: readonly OperationParameter[]) =>
  operation({ name, ...words, parameters, step: (data) => ({ type: name, data }) });

describe('The rows of operations', () => {
  it('are found by their names', () => {
    const first = row('first', date);
    expect(byName([first, row('second')]).first).toBe(first);
  });

  it('are refused at start when two have one name', () => {
    expect(() => byName([row('same'), row('same')])).toThrow('two operations are called same');
  });

  it.each([
    ['name', { ...date, field: 'other' }],
    ['field', { ...date, name: 'other' }],
  ] as const)('are refused at start when two parameters of one share a %s', (key, other) => {
    expect(() => byName([row('step', date, other)])).toThrow(`two parameters of step share a ${key}`);
  });
});
