import { expect, it, jest } from '@jest/globals';
import { startProgress } from './start-progress.js';

it('a start tells at once that it began, then what it waits for, until it is over', () => {
  jest.useFakeTimers();
  let said = '';
  const progress = startProgress((text) => (said += text), 3_000);
  expect(said).toBe('Hemgång is starting.\n');
  progress.step('the topics (kafka)');
  jest.advanceTimersByTime(6_000);
  progress.stop();
  jest.advanceTimersByTime(60_000);
  jest.useRealTimers();
  expect(said.match(/waiting for the topics \(kafka\)\./g)).toHaveLength(2);
});
