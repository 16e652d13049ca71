/** That a member of a group cannot consume: since when, by `performance.now()`, and what it last failed with. */
export type ConsumingFailure = { readonly since: number; readonly error: unknown };

/** Whether something that is tried again and again succeeds; it need not have anything to do. */
export class Consuming {
  #failure: ConsumingFailure | undefined;

  get failure(): ConsumingFailure | undefined {
    return this.#failure;
  }

  succeeded(): void {
    this.#failure = undefined;
  }

  failed(error: unknown): void {
    this.#failure = { since: this.#failure?.since ?? performance.now(), error };
  }
}
