const sampleMilliseconds = 20;
/** Busy from so much of the time on, and until it is so much less. */
const from = { share: 0.7, perSecond: 250 };
const until = { share: 0.5, perSecond: 200 };

/**
 * Whether senders send as fast as they are answered, as after an outage: they wait for an answer nearly all of the time, and more come than
 * hospitals have news. Waiting alone does not tell it: where the disk is slow, senders with a message now and then wait as much, and what they
 * send is to be seen at once.
 */
export class Occupancy {
  private waiting = 0;
  private since = 0;
  private waited = 0;
  private share = 0;
  private answered = 0;
  private perSecond = 0;
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
      this.answered += 1;
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
    const elapsed = now - this.sampledAt;
    this.share = (this.share + this.waited / elapsed) / 2;
    // Over some twenty samples: few messages fall into one.
    this.perSecond += ((this.answered * 1000) / elapsed - this.perSecond) / 20;
    this.waited = 0;
    this.answered = 0;
    this.sampledAt = now;
    if (this.share > from.share && this.perSecond > from.perSecond) this.tell(true);
    else if (this.share < until.share || this.perSecond < until.perSecond) this.tell(false);
    if (this.waiting > 0 || this.share >= 0.01) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.share = 0;
    this.perSecond = 0;
  }
}
