import { mergedTables } from './merged-tables.js';

describe('Tables of several areas', () => {
  it('are one, in their order', () => {
    expect(Object.entries(mergedTables('rules', { b: 1 }, { a: 2 }))).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('are refused at start when two have one key', () => {
    expect(() => mergedTables('rules', { a: 1 }, { a: 2 })).toThrow('two rules are called a');
  });
});
