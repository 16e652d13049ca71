/** A count that rises with each message, across restarts too: microseconds of the clock, and one more where that stood still. */
export class ArrivalOrder {
  private last = 0;

  constructor(private readonly clock: () => Date) {}

  next(): number {
    this.last = Math.max(this.last + 1, this.clock().getTime() * 1000);
    return this.last;
  }
}
