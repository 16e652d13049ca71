import { setTimeout as after } from 'node:timers/promises';

/** Waits `ms` milliseconds, or until `signal` is aborted; never rejects. */
export async function delay(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await after(ms, undefined, { ...(signal && { signal }), ref: true });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
