/** While a line is long, one claim of so many is from its end. */
const oneOf = 4;

/**
 * While more facts wait than can be taken, a part of the places goes to what came last, so that somebody who is admitted now does not
 * wait until hours of messages have been caught up with. Where nothing waits longer than a moment all are taken in turn.
 */
export class FairShare {
  #backlog = false;
  #places = 0;

  /** How many of `free` places are for the newest facts. */
  ofNewest(free: number): number {
    if (!this.#backlog) return 0;
    return Math.floor((this.#places + free) / oneOf);
  }

  /** What became of `free` places: all of them taken means that more is waiting. */
  claimed(free: number, taken: number): void {
    if (free === 0) return;
    this.#backlog = taken === free;
    this.#places = (this.#places + taken) % oneOf;
  }
}
