import { Upcasters } from './upcaster.js';

const step = (from: number) => ({
  stream: 'svu' as const,
  type: 'Invented',
  from,
  upcast: (data: unknown) => ({ steps: [...(data as { steps: number[] }).steps, from] }),
});

describe('Upcasters', () => {
  it('take a payload from the version it was written in to the one of today, step by step', () => {
    const upcasters = new Upcasters([step(2), step(1)]);
    expect(upcasters.read('svu', 'Invented', { steps: [] }, { from: 1, to: 3 })).toEqual({ steps: [1, 2] });
    expect(upcasters.read('svu', 'Invented', { steps: [] }, { from: 3, to: 3 })).toEqual({ steps: [] });
  });

  it('say which step is missing', () => {
    const upcasters = new Upcasters([step(1)]);
    expect(() => upcasters.read('svu', 'Invented', { steps: [] }, { from: 1, to: 3 })).toThrow(
      'Invented version 2',
    );
  });

  it('refuse what a newer program wrote', () => {
    expect(() => new Upcasters([]).read('svu', 'Invented', {}, { from: 2, to: 1 })).toThrow('newer');
  });

  it('refuse two for one version', () => {
    expect(() => new Upcasters([step(1), step(1)])).toThrow('Two upcasters');
  });
});
