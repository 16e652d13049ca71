import type { SealedHead } from './audit-key.js';

export type HeadKeeperOptions = {
  /** Puts heads where the owner of the database cannot reach them; resolves when they are safe there. */
  readonly keep: (heads: readonly SealedHead[]) => Promise<void>;
  /** The shortest time between two, in milliseconds: what a head stands for grows, its cost does not. */
  readonly everyMs: number;
  readonly onError?: (error: unknown) => void;
};

/**
 * Brings the heads of the trail to a place outside the database, behind the answers: of each chain the latest, at most once in
 * `everyMs`. What cannot be brought there is tried again until it can.
 */
export class HeadKeeper {
  /** By chain; only its latest head is worth keeping. */
  #waiting = new Map<string, SealedHead>();
  #keeping: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: HeadKeeperOptions) {}

  /** There is a new head. Returns at once. */
  note(head: SealedHead): void {
    this.#waiting.set(head.chain, head);
    if (this.#timer === undefined && this.#keeping === undefined) this.#begin();
  }

  /** Brings what waits there now. @throws what keeping throws */
  async flush(): Promise<void> {
    await this.#keeping;
    await this.#keep();
  }

  /** The last heads are brought there, once more if need be. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush().catch((error: unknown) => this.options.onError?.(error));
    clearTimeout(this.#timer);
  }

  #begin(): void {
    this.#keeping = this.#keep()
      .catch((error: unknown) => this.options.onError?.(error))
      .finally(() => {
        this.#keeping = undefined;
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          if (this.#waiting.size > 0) this.#begin();
        }, this.options.everyMs).unref();
      });
  }

  async #keep(): Promise<void> {
    const heads = [...this.#waiting.values()];
    if (heads.length === 0) return;
    this.#waiting = new Map();
    try {
      await this.options.keep(heads);
    } catch (error) {
      // Later heads of the same chain came in meanwhile: they say more.
      this.#waiting = new Map([...heads.map((head) => [head.chain, head] as const), ...this.#waiting]);
      throw error;
    }
  }
}
