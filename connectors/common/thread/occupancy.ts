const sampleMilliseconds = 20;
/** Busy from so much of the time, and so many messages a second of senders that press, on; and until it is so much less. */
const from = { share: 0.7, perSecond: 150 };
const until = { share: 0.5, perSecond: 100 };

/**
 * Whether senders send as fast as they are answered, as after an outage: somebody waits for an answer nearly all of the time, and messages
 * come as soon as those before them are answered, many of them. Waiting alone does not tell it: where the disk is slow, senders with a message
 * now and then wait as much, and what they send is to be seen at once. Nor does a rate alone: one sender that facts are dealt with beside, on
 * the same processors, is answered no more than some 200 times a second.
 */
export class Occupancy {
  private waiting = 0;
  private since = 0;
  private waited = 0;
  private share = 0;
  private pressed = 0;
  private perSecond = 0;
  private sampledAt = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param tell is told whether it is busy, when that changes */
  constructor(private readonly tell: (busy: boolean) => void) {}

  /**
   * Does something that a sender waits for.
   * @param pressing it came as soon as the one before it was answered
   */
  async during<T>(work: () => Promise<T>, pressing: boolean): Promise<T> {
    if (this.waiting === 0) this.begin();
    this.waiting += 1;
    try {
      return await work();
    } finally {
      this.waiting -= 1;
      if (pressing) this.pressed += 1;
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
    // Over some five samples: few messages fall into one.
    this.perSecond += ((this.pressed * 1000) / elapsed - this.perSecond) / 5;
    this.waited = 0;
    this.pressed = 0;
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
