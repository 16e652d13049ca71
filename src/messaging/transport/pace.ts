/** How many times as seldom one looks at last when nothing is found. */
const slowest = 10;

/**
 * How long to wait before looking again for what nobody tells of: doubles each time that nothing was found, up to ten times the first
 * wait, and is the first again once something was. So a hub at rest costs next to nothing, and one at work loses no time.
 */
export class Pace {
  #ms: number;

  constructor(private readonly firstMs: number) {
    this.#ms = firstMs;
  }

  /** @returns milliseconds until the next look */
  after(found: boolean): number {
    const ms = found ? this.firstMs : this.#ms;
    this.#ms = Math.min(this.firstMs * slowest, ms * 2);
    return ms;
  }
}
