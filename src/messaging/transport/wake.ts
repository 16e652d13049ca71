/**
 * Wakes those who wait for work, inside one process. Only a hint that saves waiting for the next poll: whoever misses
 * one finds the work at the poll.
 */
export class Wake {
  readonly #waiting = new Set<() => void>();
  #rung = false;

  /** Wakes everyone who waits now; if nobody does, the next to wait does not wait. */
  ring(): void {
    this.#rung = this.#waiting.size === 0;
    for (const wake of this.#waiting) wake();
  }

  /** Waits for the next `ring`, at most `ms` milliseconds, or until `signal` is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#rung || signal?.aborted) {
      this.#rung = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
      this.#waiting.add(done);
    });
  }
}
