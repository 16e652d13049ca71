import { delay } from './delay.js';
import type { SubscriptionRequest } from './transport.js';

/** This member cannot deal with what it holds, and leaves it to the others. */
export class StoodAside extends Error {
  override readonly name = 'StoodAside';
}

export type ReadinessPace = Pick<SubscriptionRequest, 'ready'> & {
  /** How often it is asked. Milliseconds. */
  readonly everyMs: number;
  /** For how long it may be unready. Milliseconds. */
  readonly limitMs: number;
};

/**
 * Asks while there is something to deal with. Never resolves.
 * @param busy whether something is being dealt with, or failed last time
 * @throws StoodAside once it has not been ready for too long
 */
export async function watchReadiness(
  { ready, everyMs, limitMs }: ReadinessPace,
  busy: () => boolean,
  over: AbortSignal,
): Promise<never> {
  let unreadySince: number | undefined;
  while (!over.aborted) {
    await delay(everyMs, over);
    const asked = Date.now();
    if (!busy() || (await isReady(ready))) unreadySince = undefined;
    else unreadySince ??= asked;
    if (unreadySince !== undefined && Date.now() - unreadySince >= limitMs) throw new StoodAside();
  }
  return new Promise<never>(() => undefined);
}

/** Resolves when it is ready again, or `stopping`. */
export async function untilReady({ ready, everyMs }: ReadinessPace, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted && !(await isReady(ready))) await delay(everyMs, stopping);
}

/** The work, or a rejection as soon as `signal` is aborted; the work itself goes on. */
export function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new StoodAside());
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function isReady(ready: ReadinessPace['ready'] = always): Promise<boolean> {
  return ready().catch(() => false);
}

function always(): Promise<boolean> {
  return Promise.resolve(true);
}
