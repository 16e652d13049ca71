import { jest } from '@jest/globals';
import { QuestionQueue } from './question-queue.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const perSecond = 10;

/** What was asked, and when, in milliseconds from the first. */
function startQueue() {
  const began = performance.now();
  const asked: { readonly at: number; readonly numbers: readonly string[] }[] = [];
  const queue = new QuestionQueue(
    async (numbers) => {
      asked.push({ at: performance.now() - began, numbers });
      return new Map(numbers.map((number) => [number, 'unknown' as const]));
    },
    { requestsPerSecond: perSecond, concurrency: 4, longestQueue: 100 },
  );
  return { queue, asked };
}

describe('Questions to the population register', () => {
  it('go at once after a pause, and those that must wait for a turn go together', async () => {
    const { queue, asked } = startQueue();
    const answers = ['a', 'b', 'c', 'd', 'e'].map(async (number) => queue.answers([number]));
    await jest.advanceTimersByTimeAsync(100);
    await Promise.all(answers);
    expect(asked).toEqual([{ at: 0, numbers: ['a', 'b', 'c', 'd', 'e'] }]);
  });

  it.each([2, 3, 4, 8])(
    'no turn is spent on nobody: after %i callers went together the next comes as soon as the pace allows',
    async (callers) => {
      const { queue, asked } = startQueue();
      const first = queue.answers(['first']);
      await jest.advanceTimersByTimeAsync(5);
      await first;
      const together = Array.from({ length: callers }, (_, index) => `caller ${index}`);
      const answers = together.map(async (number) => queue.answers([number]));
      await jest.advanceTimersByTimeAsync(205);
      await Promise.all(answers);
      const late = queue.answers(['late']);
      // Time enough for a turn that was spent in vain to pass.
      await jest.advanceTimersByTimeAsync(1_000);
      await late;
      expect(asked.map(({ numbers }) => numbers)).toEqual([['first'], together, ['late']]);
      expect(asked.map(({ at }) => Math.round(at))).toEqual([0, 100, 210]);
    },
  );

  it('never more in a second than the register allows', async () => {
    const { queue, asked } = startQueue();
    const answers: Promise<unknown>[] = [];
    for (let at = 0; at < 2_000; at += 7) {
      answers.push(queue.answers([`number ${at}`]));
      await jest.advanceTimersByTimeAsync(7);
    }
    await jest.advanceTimersByTimeAsync(200);
    await Promise.all(answers);
    for (const { at } of asked)
      expect(asked.filter((each) => each.at >= at && each.at < at + 999).length).toBeLessThanOrEqual(
        perSecond,
      );
    expect(asked.flatMap(({ numbers }) => numbers)).toHaveLength(answers.length);
  });
});
