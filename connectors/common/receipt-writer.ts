import { setImmediate } from 'node:timers/promises';
import type { ReceiptStore, Taken } from './receipt-store.js';
import type { Receipt } from './receipt.js';

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
 * One writer for all connections of a process: what arrives in the same moment, or while a commit is under way, goes together into one.
 * So the order of arrival is the order of the numbers, and many senders share the cost of a commit. A receipt that the database cannot
 * hold fails alone: those beside it are then stored one by one.
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
      // What the other connections have sent by now is read first.
      await setImmediate();
      await this.storeAll(this.nextBatch());
    }
    this.writing = undefined;
  }

  private async storeAll(batch: readonly Pending[]): Promise<void> {
    try {
      const receipts = batch.map((each) => each.receipt);
      const taken = await this.store.store(receipts, this.clock());
      for (const [index, each] of batch.entries()) each.resolve(taken[index] ?? { kind: 'conflict' });
    } catch (error) {
      if (batch.length > 1 && isOfContent(error)) for (const each of batch) await this.storeAll([each]);
      else for (const each of batch) each.reject(error);
    }
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

/** The database refused what it was given (SQLSTATE classes 22, 23 and 54), and can be asked again with less of it. */
function isOfContent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(?:22|23|54)[0-9A-Z]{3}$/.test(error.code)
  );
}
