import { expect, it } from '@jest/globals';
import { sharedPlaces, type FromThread } from './messages.js';
import { Occupancy } from './occupancy.js';
import { ThreadReporter } from './thread-reporter.js';
import { waitFor } from '../../../test/support/wait-for.js';

/** Senders that have their answer after so long, and send the next at once, until `done`. */
async function send(
  occupancy: Occupancy,
  senders: number,
  milliseconds: number,
  done: () => boolean,
  pressing = true,
) {
  const answer = () => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const one = async () => {
    while (!done()) await occupancy.during(answer, pressing);
  };
  await Promise.all(Array.from({ length: senders }, one));
}

it('senders that send as fast as they are answered are told of, and that they do so no more', async () => {
  let busy = false;
  const occupancy = new Occupancy((told) => (busy = told));
  let done = false;
  const sending = send(occupancy, 8, 2, () => done);
  await waitFor('busy', () => busy);
  done = true;
  await sending;
  await waitFor('no more', () => !busy);
  occupancy.stop();
  expect(busy).toBe(false);
});

it('one sender alone, held up by what is dealt with beside it, is told of within the first messages', async () => {
  let busy = false;
  const occupancy = new Occupancy((told) => (busy = told));
  const began = performance.now();
  let toldAfter: number | undefined;
  await send(occupancy, 1, 4, () => {
    if (busy) toldAfter ??= performance.now() - began;
    return busy || performance.now() - began > 3_000;
  });
  occupancy.stop();
  expect(toldAfter).toBeLessThan(1_000);
});

it('senders that wait all the time for a slow disk, with few messages, make nothing give way', async () => {
  const told: boolean[] = [];
  const occupancy = new Occupancy((busy) => told.push(busy));
  const end = performance.now() + 1_500;
  await send(occupancy, 4, 40, () => performance.now() > end);
  occupancy.stop();
  expect(told).not.toContain(true);
});

it('many senders with a message now and then make nothing give way, though somebody waits all the time', async () => {
  const told: boolean[] = [];
  const occupancy = new Occupancy((busy) => told.push(busy));
  const end = performance.now() + 1_000;
  await send(occupancy, 8, 5, () => performance.now() > end, false);
  occupancy.stop();
  expect(told).not.toContain(true);
});

it('messages one by one, with pauses between them, make nothing give way', async () => {
  const told: boolean[] = [];
  const occupancy = new Occupancy((busy) => told.push(busy));
  for (let each = 0; each < 20; each += 1) {
    await occupancy.during(() => Promise.resolve(), true);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  occupancy.stop();
  expect(told).not.toContain(true);
});

it('what a thread tells does not pile up where it is not read, and lines that find no room are counted', async () => {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const posted: FromThread[] = [];
  const reporter = new ThreadReporter(
    (message) => posted.push(message),
    shared,
    (line) => line.replace('secret', 'masked'),
  );
  const logger = reporter.logger('info');
  reporter.stored();
  await waitFor('the first', () => posted.length === 1);
  expect(posted).toEqual([{ kind: 'told', stored: true, lines: '', lostLines: 0, outcomes: [] }]);
  for (let each = 0; each < 10_003; each += 1) logger.info('a secret');
  reporter.metrics.message('test', 'stored', 0.5);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(posted).toHaveLength(1);
  Atomics.store(shared, sharedPlaces.unread, 0);
  await waitFor('the second', () => posted.length === 2);
  expect(posted[1]).toMatchObject({ stored: false, lostLines: 3, outcomes: [['stored', 0.5]] });
  // As those of the process, no line leaves but by the last door.
  expect(JSON.stringify(posted[1])).toContain('a masked');
  expect(JSON.stringify(posted[1])).not.toContain('secret');
});
