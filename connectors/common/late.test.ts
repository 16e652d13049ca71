import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { combineHealth, type Health } from './health.js';
import { judgedByPace } from './late.js';
import { startReReader } from './re-reader.js';

const after = { publisherSeconds: 60, pollIntervals: 2 };
const now = new Date('2026-01-10T09:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('whether a connector keeps up', () => {
  it.each<[string, Health['pace'], 'up' | 'degraded']>([
    ['nothing is known', undefined, 'up'],
    ['nothing waits', { waiting: 0 }, 'up'],
    ['what waits came just now', { waiting: 3, waitingSince: before(59) }, 'up'],
    ['what waits has waited for long', { waiting: 3, waitingSince: before(60) }, 'degraded'],
    ['all was read in time', { allReadAt: before(19), everyMilliseconds: 10_000 }, 'up'],
    ['not all was read for two intervals', { allReadAt: before(20), everyMilliseconds: 10_000 }, 'degraded'],
    ['another process reads', { everyMilliseconds: 10_000 }, 'up'],
  ])('%s', (_, pace, status) => {
    const health: Health = { status: 'up', detail: { stored: 1 }, ...(pace && { pace }) };
    const judged = judgedByPace(health, after, now);
    expect(judged).toMatchObject({ status, detail: { stored: 1 } });
    expect(judged.why === undefined).toBe(status === 'up');
    expect(judgedByPace({ ...health, status: 'down', why: 'closed' }, after, now)).toMatchObject({
      status: 'down',
      why: expect.stringContaining('closed') as unknown,
    });
  });

  it('parts put together are judged by each', () => {
    const parts: Health[] = [
      { status: 'up', detail: {}, pace: { allReadAt: before(1), everyMilliseconds: 10_000 } },
      { status: 'up', detail: {}, pace: { waiting: 1, waitingSince: before(70) } },
    ];
    expect(judgedByPace(combineHealth(parts), after, now).why).toMatch(/^1 taken messages wait/);
  });

  it('a round of reading again that never ends shows, though nothing fails', async () => {
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    let time = now;
    const reader = startReReader({
      name: 'register',
      logger: pino({ level: 'silent' }),
      follow: () => [['somebody']],
      intervalMilliseconds: 10_000,
      batchSize: 1,
      isOurs: () => Promise.resolve(true),
      readBatch: async () => {
        await answered;
        return { changed: 0, failed: 0 };
      },
      clock: () => time,
    });
    const judged = async () => judgedByPace(await reader.health(), after, time);
    expect(await judged()).toMatchObject({ status: 'up' });
    time = new Date(now.getTime() + 20_000);
    expect(await judged()).toMatchObject({
      status: 'degraded',
      why: expect.stringMatching(/for 20 s/) as unknown,
    });
    resolve();
    await reader.readNow();
    expect(await judged()).toMatchObject({ status: 'up' });
    await reader.stop();
  });
});
