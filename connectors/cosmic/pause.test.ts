import { pauseAfterFailure } from './reading.js';

it.each([
  ['as long as the server asks', 90_000, 90_000, 90_000],
  ['an hour at most, whatever the server asks', 10 * 24 * 3_600_000, 3_600_000, 3_600_000],
  ['never less than the back-off', 0, 250, 500],
  ['by the back-off where the server asks nothing', undefined, 250, 500],
])('after a failed poll it waits %s', (_name, asked, least, most) => {
  const pause = pauseAfterFailure(asked, 0, 500);
  expect(pause).toBeGreaterThanOrEqual(least);
  expect(pause).toBeLessThanOrEqual(most);
});

it('the back-off grows up to five minutes', () => {
  expect(pauseAfterFailure(undefined, 100, 500)).toBeLessThanOrEqual(300_000);
  expect(pauseAfterFailure(undefined, 100, 500)).toBeGreaterThanOrEqual(150_000);
});
