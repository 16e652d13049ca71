import { setTimeout as wait } from 'node:timers/promises';
import {
  atLeast,
  latency,
  rate,
  ratioOf,
  type BenchContext,
  type Figure,
  type Measure,
} from './harness/measure.js';
import { percentile } from './harness/statistics.js';
import { testNumbers } from './hub/persons.js';
import { admissionFacts, concurrency, openWorkerSide, type WorkerSide } from './hub/worker-side.js';

const persons = 500;
/** Of persons of whom nothing else waits. */
const newcomers = 100;
const waitingOf = (quick: boolean) => (quick ? 3_000 : 20_000);
const aim = 0.8;
const reachedWithinMs = 1_000;
/** Between the first that come while the line is long, and of them all. */
const everyMs = 25;

/** How fast a long line of waiting facts is dealt with, and how soon somebody who was admitted now is reached meanwhile. */
export const backlog: Measure = {
  name: 'backlog',
  title: 'A long line of waiting facts',
  setting: ({ quick }) =>
    `${waitingOf(quick)} admissions of ${persons} known persons wait in the inbox when ${concurrency} workers begin. Floor: as many as there are persons, the same way, before there is a line. While it is dealt with an admission of somebody else comes every ${everyMs} ms, ${newcomers} at most; from taking it in until it is dealt with.`,
  run,
};

async function run({ server, pace, tell }: BenchContext): Promise<readonly Figure[]> {
  const store = await server.createDatabase();
  const numbers = testNumbers(persons + newcomers);
  const [inLine, others] = [numbers.slice(0, persons), numbers.slice(persons)];
  const hub = await openWorkerSide(store.database, numbers);
  try {
    await drain(hub, numbers, numbers.length); // Now everybody is known.
    const short = await drain(hub, inLine, persons);
    tell(`  ${waitingOf(pace.quick)} facts are put into the line`);
    const reached: Promise<number>[] = [];
    const long = await drain(hub, inLine, waitingOf(pace.quick), async (over) => {
      for (const number of others) {
        if (over.aborted) return;
        reached.push(untilDealtWith(hub, number));
        await wait(everyMs);
      }
    });
    const took = await Promise.all(reached);
    const ratio = ratioOf(long, short);
    const p99 = percentile(took, 0.99);
    return [
      { of: 'facts in line', subject: rate(long), floor: rate(short), ratio, aim: atLeast(aim, ratio) },
      {
        of: 'somebody admitted meanwhile',
        subject: latency(percentile(took, 0.5), p99),
        aim: { text: `p99 < ${reachedWithinMs} ms`, met: p99 < reachedWithinMs },
      },
    ];
  } finally {
    await hub.stop();
    await store.drop();
  }
}

/** Puts them all in line before anybody works. @returns facts dealt with in a second */
async function drain(
  hub: WorkerSide,
  numbers: readonly string[],
  count: number,
  meanwhile?: (over: AbortSignal) => Promise<void>,
): Promise<number> {
  await hub.rest();
  const facts = admissionFacts(numbers, count);
  const done = hub.dealtWith(facts);
  await hub.take(facts);
  const over = new AbortController();
  const started = performance.now();
  hub.start();
  const besides = meanwhile?.(over.signal);
  await done;
  const took = performance.now() - started;
  over.abort();
  await besides;
  return (count * 1000) / took;
}

async function untilDealtWith(hub: WorkerSide, number: string): Promise<number> {
  const facts = admissionFacts([number], 1);
  const done = hub.dealtWith(facts);
  const started = performance.now();
  await hub.take(facts);
  await done;
  return performance.now() - started;
}
