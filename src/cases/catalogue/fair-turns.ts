/** What a turn was refused or given up for. */
export type TurnFault = 'busy' | 'waited-too-long';

export class NoTurn extends Error {
  override readonly name = 'NoTurn';
  constructor(readonly fault: TurnFault) {
    super(`no turn: ${fault}`);
  }
}

export type TurnLimits = {
  /** Pieces of work under way at the same time, of all askers. */
  readonly atOnce: number;
  /** Of one asker; fewer than `atOnce`, so that a place is left for somebody else. */
  readonly atOnceOfOne: number;
  /** Pieces that may wait, of one asker. */
  readonly waitingOfOne: number;
  /** Of all askers. */
  readonly waiting: number;
  readonly longestWaitMilliseconds: number;
};

type Waiting = { readonly start: () => void; readonly refuse: (reason: unknown) => void };
type Asker = { readonly queue: Set<Waiting>; underWay: number };

/**
 * Gives turns to several askers one after another: who asks much waits behind himself, and keeps nobody else waiting.
 */
export class FairTurns {
  /** Who waits or is under way; the one whose turn is next stands first. */
  readonly #askers = new Map<string, Asker>();
  #underWay = 0;
  #waiting = 0;

  constructor(private readonly limits: TurnLimits) {}

  /**
   * Does a piece of work when the asker's turn comes.
   * @throws {NoTurn} when too much waits already, or it waited too long; else what the work throws
   */
  async take<Result>(asker: string, work: () => Promise<Result>): Promise<Result> {
    await this.#turn(asker);
    try {
      return await work();
    } finally {
      this.#end(asker);
    }
  }

  /** Lets go what waits of an asker: it cannot be done. */
  refuse(asker: string, reason: unknown): void {
    for (const each of this.#askers.get(asker)?.queue ?? []) each.refuse(reason);
  }

  #turn(asker: string): Promise<void> {
    const { waitingOfOne, waiting, longestWaitMilliseconds } = this.limits;
    const known = this.#askers.get(asker) ?? { queue: new Set<Waiting>(), underWay: 0 };
    if (known.queue.size >= waitingOfOne || this.#waiting >= waiting)
      return Promise.reject(new NoTurn('busy'));
    this.#askers.set(asker, known);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        known.queue.delete(entry);
        this.#waiting -= 1;
      };
      const entry: Waiting = {
        start: () => {
          leave();
          resolve();
        },
        refuse: (reason) => {
          leave();
          this.#forget(asker, known);
          reject(reason instanceof Error ? reason : new NoTurn('busy'));
        },
      };
      const timer = setTimeout(() => entry.refuse(new NoTurn('waited-too-long')), longestWaitMilliseconds);
      timer.unref();
      known.queue.add(entry);
      this.#waiting += 1;
      this.#next();
    });
  }

  #end(asker: string): void {
    const known = this.#askers.get(asker);
    this.#underWay -= 1;
    if (known !== undefined) {
      known.underWay -= 1;
      this.#forget(asker, known);
    }
    this.#next();
  }

  #forget(asker: string, { queue, underWay }: Asker): void {
    if (queue.size === 0 && underWay === 0) this.#askers.delete(asker);
  }

  /** Fills the free places: who has least under way comes first, among those alike who came last longest ago. */
  #next(): void {
    const { atOnce, atOnceOfOne } = this.limits;
    while (this.#underWay < atOnce) {
      const [turn] = [...this.#askers]
        .filter(([, { queue, underWay }]) => queue.size > 0 && underWay < atOnceOfOne)
        .toSorted(([, one], [, other]) => one.underWay - other.underWay);
      if (turn === undefined) return;
      const [asker, known] = turn;
      this.#askers.delete(asker);
      this.#askers.set(asker, known);
      known.underWay += 1;
      this.#underWay += 1;
      const [first] = known.queue;
      first?.start();
    }
  }
}
