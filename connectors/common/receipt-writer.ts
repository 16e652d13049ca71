import type { Receipt, ReceiptStore, Taken } from './receipt-store.js';

/** The queue is full or the connector is stopping: nothing was stored, ask again later. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

type Pending = {
  readonly receipt: Receipt;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * One writer for all connections of a process: what arrives while a commit is under way goes together into the next. So the
 * order of arrival is the order of the numbers, and many senders share the cost of a commit.
 */
export class ReceiptWriter {
  private pending: Pending[] = [];
  private writing: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly store: ReceiptStore,
    private readonly clock: () => Date,
    private readonly longestQueue: number,
    private readonly largestBatch = 200,
  ) {}

  /**
   * Resolves when the receipt is durable, or was.
   * @throws NotNow when it was not even tried; whatever the store rejects with when it could not be stored.
   */
  take(receipt: Receipt): Promise<Taken> {
    if (this.stopped || this.pending.length >= this.longestQueue)
      return Promise.reject(new NotNow(this.stopped ? 'stopping' : 'the queue is full'));
    return new Promise((resolve, reject) => {
      this.pending.push({ receipt, resolve, reject });
      this.writing ??= this.write();
    });
  }

  /** Takes nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.pending.length > 0) {
      const batch = this.nextBatch();
      try {
        const taken = await this.store.store(
          batch.map((each) => each.receipt),
          this.clock(),
        );
        for (const [index, each] of batch.entries()) each.resolve(taken[index] ?? { kind: 'conflict' });
      } catch (error) {
        for (const each of batch) each.reject(error);
      }
    }
    this.writing = undefined;
  }

  /** In order, and no id twice: the statement cannot decide two of the same at once, so the second waits for the next. */
  private nextBatch(): readonly Pending[] {
    const ids = new Set<string>();
    const batch: Pending[] = [];
    const rest: Pending[] = [];
    for (const each of this.pending) {
      const id = JSON.stringify([each.receipt.sender, each.receipt.controlId]);
      if (batch.length < this.largestBatch && !ids.has(id)) {
        ids.add(id);
        batch.push(each);
      } else {
        rest.push(each);
      }
    }
    this.pending = rest;
    return batch;
  }
}
