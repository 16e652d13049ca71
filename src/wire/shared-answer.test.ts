import { expect, it, jest } from '@jest/globals';
import { sharedAnswer } from './shared-answer.js';

it('many who ask within the time, or while a question is under way, share one answer; the next one is asked anew', async () => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const answers: ((answer: number) => void)[] = [];
  const ask = sharedAnswer(() => new Promise<number>((resolve) => answers.push(resolve)), 1_000);
  const first = [ask(), ask()];
  clock.mockReturnValue(5_000);
  first.push(ask()); // It hangs; no second one is put beside it.
  expect(answers).toHaveLength(1);
  answers[0]?.(1);
  expect(await Promise.all(first)).toEqual([1, 1, 1]);
  const second = ask();
  clock.mockReturnValue(5_999);
  answers[1]?.(2);
  expect([await second, await ask(), answers.length]).toEqual([2, 2, 2]);
  clock.mockReturnValue(6_000);
  void ask();
  expect(answers).toHaveLength(3);
  clock.mockRestore();
});

it('a question that fails is asked again when the time is over', async () => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  let asked = 0;
  const ask = sharedAnswer(() => Promise.reject(new Error(`${(asked += 1)}`)), 1_000);
  await expect(ask()).rejects.toThrow('1');
  await expect(ask()).rejects.toThrow('1');
  clock.mockReturnValue(1_000);
  await expect(ask()).rejects.toThrow('2');
  clock.mockRestore();
});
