import { setTimeout as wait } from 'node:timers/promises';
import { waitFor } from '../support/wait-for.js';
import type { Random } from './random.js';

/** Something that can be killed, and comes back by itself or by whoever supervises it. */
export type Victim = {
  readonly name: string;
  readonly kills: number;
  /** Whether it is at work. */
  readonly up: boolean;
  /** SIGKILL now; nothing to do when it is down already. Resolves when it is dead. */
  kill(): Promise<void>;
};

const shortestPauseMs = 600;
const longestPauseMs = 2_600;
/** With more than so many down at once, a slow machine would only ever start and never work under load. */
const mostDown = 3;
const recoveryLimitMs = 60_000;

/**
 * Kills one victim after another at random moments, sometimes two at once, until `over` and everybody has had a turn.
 * Whether the victim was at work or just starting is chance too.
 */
export async function runChaos(victims: readonly Victim[], random: Random, over: AbortSignal): Promise<void> {
  let round: Victim[] = [];
  while (!over.aborted || victims.some(({ kills }) => kills === 0)) {
    await wait(random.between(shortestPauseMs, longestPauseMs));
    const recovering = (): boolean => victims.filter(({ up }) => !up).length <= mostDown;
    await waitFor('some of the killed to come back', recovering, recoveryLimitMs);
    const together = random.chance(0.2) ? 2 : 1;
    if (round.length < together) round = random.shuffled(victims);
    await Promise.all(round.splice(0, together).map((victim) => victim.kill()));
  }
}
