import { describe, expect, it } from '@jest/globals';
import { FairTurns, NoTurn } from './fair-turns.js';

const limits = { atOnce: 3, atOnceOfOne: 2, waitingOfOne: 10, waiting: 15, longestWaitMilliseconds: 60_000 };

/** Work that goes on until it is let go, and says in which order it began. */
function started(turns: FairTurns) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (asker: string, name: string) =>
    turns.take(asker, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { begun, take, settle, end };
}

describe('turns', () => {
  it('leave a place for somebody else, and go round among those who wait', async () => {
    const { begun, take, settle, end } = started(new FairTurns(limits));
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => take(name[0] ?? '', name));
    await settle();
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    await end('a1');
    expect(begun.at(-1)).toBe('c1');
    for (const name of ['a2', 'b1', 'c1', 'b2', 'a3', 'a4']) await end(name);
    for (const name of ['b2', 'a3', 'a4']) await end(name);
    await Promise.all(all);
    expect(begun.toSorted()).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']);
  });

  it('are refused where one waits for too many, or all do', async () => {
    const turns = new FairTurns(limits);
    const { take, settle } = started(turns);
    const faults: unknown[] = [];
    const ask = (asker: string, count: number) => {
      for (let at = 0; at < count; at += 1)
        take(asker, `${asker}${at}`).catch((error: unknown) => faults.push(error));
    };
    ask('a', 13);
    await settle();
    expect(faults).toHaveLength(1);
    ask('b', 8);
    await settle();
    expect(faults).toHaveLength(3);
    expect(faults.every((fault) => fault instanceof NoTurn && fault.fault === 'busy')).toBe(true);
    const silent = new Error('silent');
    turns.refuse('a', silent);
    turns.refuse('b', silent);
    await settle();
    expect(faults.slice(3)).toEqual(Array.from({ length: 15 }, () => silent));
  });

  it('are waited for as long as is said, and work that fails gives its place back', async () => {
    const { take, begun, end } = started(new FairTurns({ ...limits, longestWaitMilliseconds: 20 }));
    const [first, second] = [take('a', 'a1'), take('a', 'a2')];
    await expect(take('a', 'a3')).rejects.toThrow(new NoTurn('waited-too-long'));
    await end('a1');
    await end('a2');
    await Promise.all([first, second]);
    const turns = new FairTurns({ ...limits, atOnce: 1, atOnceOfOne: 1 });
    await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.take('a', () => Promise.resolve(begun.length))).resolves.toBe(2);
  });
});
