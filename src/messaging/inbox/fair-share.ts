/** While a line is long, one claim of so many is from its end. */
const oneOf = 4;

/** How long nobody looks there after a look that found too few, in milliseconds: it costs as much as dealing with some facts. */
const restMs = 50;

/**
 * While more facts wait than can be taken, a part of the places goes to what came last, so that somebody who is admitted now does not
 * wait until hours of messages have been caught up with. Where nothing waits longer than a moment all are taken in turn.
 */
export class FairShare {
  #backlog = false;
  #places = 0;
  #restsUntil = -Infinity;

  /** @param now milliseconds of a clock that is never set */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many of `free` places are for the newest facts. */
  ofNewest(free: number): number {
    if (!this.#backlog || this.now() < this.#restsUntil) return 0;
    return Math.floor((this.#places + free) / oneOf);
  }

  /** Of `wanted` newest facts so many were there to be taken; all others are of persons with older ones. */
  newestClaimed(wanted: number, taken: number): void {
    if (taken < wanted) this.#restsUntil = this.now() + restMs;
  }

  /** What became of `free` places: all of them taken means that more is waiting. */
  claimed(free: number, taken: number): void {
    if (free === 0) return;
    this.#backlog = taken === free;
    this.#places = (this.#places + taken) % oneOf;
  }
}
