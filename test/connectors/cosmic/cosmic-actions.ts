import * as fc from 'fast-check';
import { standInFaults, type StandInFault } from '../../../connectors/cosmic/stand-in.js';
import { waitFor } from '../../support/wait-for.js';
import type { CosmicTest, RunningCosmic } from './cosmic-support.js';

/** What may happen between a server, the resources it holds and who polls it; `Parts` is what a resource is made of. */
type Action<Parts> =
  | { readonly do: 'put'; readonly which: number; readonly parts: Parts }
  | { readonly do: 'remove'; readonly which: number }
  | { readonly do: 'poll' }
  | { readonly do: 'restart' }
  | { readonly do: 'fault'; readonly fault: StandInFault; readonly times: number }
  | { readonly do: 'clock'; readonly answers: number; readonly stamps: number; readonly coarse: number };

const hour = 3_600_000;
const which = fc.integer({ min: 0, max: 4 });
// Those that cost seconds of waiting have tests of their own.
const quick = standInFaults.filter((each) => !['too-many', 'slow', 'silent'].includes(each));
const clocks = fc.constantFrom(0, 0, 3 * hour, -3 * hour);

/** Sequences of actions on resources with such parts. */
export function actionsOn<Parts>(parts: fc.Arbitrary<Parts>): fc.Arbitrary<readonly Action<Parts>[]> {
  const action: fc.Arbitrary<Action<Parts>> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('put' as const), which, parts }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
    { weight: 5, arbitrary: fc.constant({ do: 'poll' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('fault' as const),
        fault: fc.constantFrom(...quick),
        times: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('clock' as const),
        answers: clocks,
        stamps: clocks,
        coarse: fc.constantFrom(1, 60_000),
      }),
    },
  );
  return fc.array(action, { minLength: 5, maxLength: 30 });
}

export type Stage<Parts> = {
  readonly at: CosmicTest;
  readonly start: () => Promise<RunningCosmic>;
  readonly pollOf: (cosmic: RunningCosmic) => () => Promise<boolean>;
  readonly put: (which: number, parts: Parts) => void;
  readonly remove: (which: number) => void;
};

/**
 * Plays the actions; then the server is well again and is polled twice, and `check` gets what is there in the end. Whatever is
 * there is removed afterwards.
 */
export async function play<Parts>(
  { at, start, pollOf, put, remove }: Stage<Parts>,
  actions: readonly Action<Parts>[],
  check: (now: ReadonlyMap<number, Parts>) => Promise<void>,
): Promise<void> {
  let cosmic = await start();
  const poll = (): Promise<unknown> => pollOf(cosmic)().catch(() => undefined);
  const now = new Map<number, Parts>();
  for (const each of actions) {
    if (each.do === 'put') {
      put(each.which, each.parts);
      now.set(each.which, each.parts);
    } else if (each.do === 'remove') {
      remove(each.which);
      now.delete(each.which);
    } else if (each.do === 'fault') at.server.fault(each.fault, each.times);
    else if (each.do === 'clock') at.server.clock(each);
    else if (each.do === 'poll') await poll();
    else {
      const under = poll();
      await cosmic.end();
      await under;
      cosmic = await start();
    }
  }
  at.server.fault('error', 0);
  at.server.clock({ answers: 0, stamps: 0, coarse: 1 });
  try {
    // The database gives the lock of one that ended to the next in a moment.
    await waitFor('a poll', pollOf(cosmic));
    expect(await pollOf(cosmic)()).toBe(true);
    await check(now);
    for (const each of now.keys()) remove(each);
    await pollOf(cosmic)();
  } finally {
    await cosmic.end();
  }
}
