const sampleMilliseconds = 20;
/** Busy from so much of the time on, and until it is so much less. */
const from = 0.7;
const until = 0.5;

/**
 * For how much of the time senders wait for an answer: nearly all of it when they send as fast as they are answered, little when messages come
 * one by one.
 */
export class Occupancy {
  private waiting = 0;
  private since = 0;
  private waited = 0;
  private share = 0;
  private sampledAt = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param tell is told whether it is busy, when that changes */
  constructor(private readonly tell: (busy: boolean) => void) {}

  /** Does something that a sender waits for. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting === 0) this.begin();
    this.waiting += 1;
    try {
      return await work();
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.waited += performance.now() - this.since;
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private begin(): void {
    this.since = performance.now();
    if (this.timer !== undefined) return;
    this.sampledAt = this.since;
    this.timer = setInterval(() => this.sample(), sampleMilliseconds);
  }

  private sample(): void {
    const now = performance.now();
    if (this.waiting > 0) {
      this.waited += now - this.since;
      this.since = now;
    }
    this.share = (this.share + this.waited / (now - this.sampledAt)) / 2;
    this.waited = 0;
    this.sampledAt = now;
    if (this.share > from) this.tell(true);
    else if (this.share < until) this.tell(false);
    if (this.waiting > 0 || this.share >= 0.01) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.share = 0;
  }
}
