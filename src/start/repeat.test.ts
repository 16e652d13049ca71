import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { repeat } from './repeat.js';

const logger = pino({ level: 'silent' });
const hour = 3_600_000;

it('a stop that comes while the job runs waits for the run and not for the pause after it', async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const job = repeat(
    {
      name: 'slow',
      everyMilliseconds: hour,
      run: () => {
        started.resolve();
        return finish.promise;
      },
    },
    logger,
  );
  await started.promise;
  const stopped = job.stop();
  finish.resolve();
  await expect(stopped).resolves.toBeUndefined();
}, 5_000);

it('a failed run is followed by the next one, and a stop in the pause ends it', async () => {
  let runs = 0;
  const second = Promise.withResolvers<void>();
  const job = repeat(
    {
      name: 'failing',
      everyMilliseconds: 1,
      run: () => {
        runs += 1;
        if (runs === 2) second.resolve();
        return Promise.reject(new Error('not now'));
      },
    },
    logger,
  );
  await second.promise;
  await job.stop();
  expect(runs).toBeGreaterThanOrEqual(2);
}, 5_000);
