import { setTimeout as after } from 'node:timers/promises';

/** Waits until `condition` holds, looking every 20 ms. @throws Error naming `what` after `limitMs` */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 60_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await after(20);
  }
}
