import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits until `look` answers something other than undefined or false, and answers that. For conditions that only another
 * process can bring about; what can be awaited directly is.
 * @throws Error naming `what` after `timeoutMs`.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 60_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await wait(10);
  }
}
