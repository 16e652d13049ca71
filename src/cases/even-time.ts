import { setTimeout as wait } from 'node:timers/promises';

/** So long a rejection takes from the register's answer on, in milliseconds: several times what any of them costs. */
const evenMilliseconds = 200;

/**
 * Ends a rejection at a common time. What a rejection costs depends on what the hub knows of the person (one who is known is noted, in a
 * transaction, one who is not is not), so how long it takes would tell whether a protected person is known here (PAT-5). Work
 * that takes longer ends at the next multiple. Nothing is held while it waits.
 * @param since when what is answered alike for everybody ended, by `performance.now()`
 */
export async function evenly(since: number): Promise<void> {
  for (;;) {
    const spent = performance.now() - since;
    const end = Math.max(1, Math.ceil(spent / evenMilliseconds)) * evenMilliseconds;
    if (end - spent < 0.5) return;
    await wait(end - spent);
    if (performance.now() - since >= end) return;
  }
}
