import { delay } from './delay.js';

/** Spaces calls out so that at most `perSecond` start in a second (the register's own limit: 10 a second). */
export class RateLimiter {
  private next = 0;

  constructor(private readonly perSecond: number) {}

  /** Resolves when the caller may start. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.next);
    this.next = at + 1000 / this.perSecond;
    if (at > now) await delay(at - now, signal);
  }
}
