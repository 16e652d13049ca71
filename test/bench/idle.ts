import { setTimeout as wait } from 'node:timers/promises';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { amount, ratioOf } from './harness/measure.js';
import { median } from './harness/statistics.js';
import { costOf } from './hub/costs.js';
import { startWholeHub, type WholeHub } from './hub/whole-hub.js';

const most = 1;
const secondsOf = (quick: boolean) => (quick ? 5 : 20);

/** What a hub costs that nobody asks for anything. */
export const idle: Measure = {
  name: 'idle',
  title: 'A hub at rest',
  ofWholeHubs: true,
  setting: ({ quick }) =>
    `The whole hub in one process on the embedded transport, ${secondsOf(quick)} s in which nobody asks and nothing comes, ten seconds after it started. Processor time of its process in percent of a core, and statements it sends in a second.`,
  run,
};

async function run({ server, pace, against, tell }: BenchContext): Promise<readonly Figure[]> {
  const seconds = secondsOf(pace.quick);
  const hubs: WholeHub[] = [];
  try {
    const rested = async (root: string | undefined) => {
      const hub = await startWholeHub(server, [], undefined, { root });
      hubs.push(hub);
      tell(`  ${root === undefined ? 'this hub' : 'the other hub'} is up`);
      await wait(10_000);
      const rounds = [];
      for (let round = 0; round < Math.min(pace.rounds, 3); round += 1)
        rounds.push((await costOf(hub, () => wait(seconds * 1000, seconds))).costs);
      return {
        percent: median(rounds.map(({ hubMicroseconds }) => hubMicroseconds / 10_000)),
        statements: median(rounds.map(({ statements }) => statements)),
      };
    };
    const own = await rested(undefined);
    const other = against && (await rested(against.root));
    const beside = (name: keyof typeof own, unit: '%' | 'statements') =>
      other && { floor: amount(unit, other[name]), ratio: ratioOf(own[name], other[name]) };
    return [
      {
        of: 'processor of the hub',
        subject: amount('%', own.percent),
        ...beside('percent', '%'),
        aim: { text: `< ${most} %`, met: own.percent < most },
      },
      {
        of: 'statements in a second',
        subject: amount('statements', own.statements),
        ...beside('statements', 'statements'),
      },
    ];
  } finally {
    for (const hub of hubs) await hub.stop();
  }
}
