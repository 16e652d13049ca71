/** So long at a stretch, and then as long not. */
const longestMilliseconds = 10_000;

/**
 * Whether dealing with facts gives way just now, because senders wait for their answers on the same processors: what was acknowledged is
 * safe and can be dealt with afterwards. Never for more than ten seconds in twenty, so that what was taken is dealt with though they never pause.
 */
export class GiveWay {
  private asked: () => boolean = () => false;
  private since: number | undefined;

  /** @param now milliseconds that only rise */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param busy whether senders wait most of the time */
  to(busy: () => boolean): void {
    this.asked = busy;
  }

  /** True while no more than the least should be done. */
  gives(): boolean {
    if (!this.asked()) {
      this.since = undefined;
      return false;
    }
    this.since ??= this.now();
    return Math.floor((this.now() - this.since) / longestMilliseconds) % 2 === 0;
  }
}
