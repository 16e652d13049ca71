import type { Logger } from 'pino';
import type { Pool, PoolClient } from 'pg';
import type { Transport } from '../../src/messaging/transport/transport.js';
import type { Health } from './health.js';
import { PublishLoop } from './publish-loop.js';
import { ReceiptStore, type Receipt, type ReceiptRules, type Taken } from './receipt-store.js';
import { ReceiptWriter } from './receipt-writer.js';

export type FactPublisherOptions = {
  /** The connector's name, e.g. `melior`; one process at a time publishes for each. */
  readonly connector: string;
  /** Closed by whoever made it, after `stop`. It must have an `error` listener. */
  readonly pool: Pool;
  readonly transport: Transport;
  readonly logger: Logger;
  readonly rules: ReceiptRules;
  readonly clock?: () => Date;
  /** Receipts waiting for a commit at most; beyond it `take` says not now. Default 1 000. */
  readonly longestQueue?: number;
};

/**
 * How a connector tells facts: `take` makes one durable together with the answer its sender gets, and a loop of its own
 * brings it to its topic, also when the transport is down for hours or the process is killed in between.
 */
export class FactPublisher {
  private readonly store: ReceiptStore;
  private readonly writer: ReceiptWriter;
  private readonly loop: PublishLoop;

  constructor(private readonly options: FactPublisherOptions) {
    const { pool, connector, rules, transport, logger } = options;
    const clock = options.clock ?? ((): Date => new Date());
    this.store = new ReceiptStore(pool, connector, rules);
    this.writer = new ReceiptWriter(this.store, clock, options.longestQueue ?? 1000);
    this.loop = new PublishLoop(pool, connector, this.store, transport, logger, clock);
  }

  start(): void {
    this.loop.start();
  }

  /**
   * Resolves when the receipt is on durable storage, or was before (`repeat`), or is refused (`conflict`).
   * @throws NotNow, or the database's error: nothing was stored, trying again can help.
   */
  async take(receipt: Receipt): Promise<Taken> {
    const taken = await this.writer.take(receipt);
    if (taken.kind === 'stored') this.loop.wake();
    return taken;
  }

  /**
   * Stores receipts in the caller's transaction, so that they become durable together with what the caller keeps of their
   * source. Call `wake` after the commit. No two may share sender and control id.
   */
  takeWithin(transaction: PoolClient, receipts: readonly Receipt[]): Promise<readonly Taken[]> {
    return this.store.store(receipts, (this.options.clock ?? ((): Date => new Date()))(), transaction);
  }

  /** Something was stored by `takeWithin` and is committed. */
  wake(): void {
    this.loop.wake();
  }

  /** The answer a sender's id got with this content, if it came before. */
  earlierAnswer(sender: string, controlId: string, hash: string): Promise<string | undefined> {
    return this.store.earlierAnswer(sender, controlId, hash);
  }

  /** Finishes what is being stored and published. What is not yet published waits for the next start. */
  async stop(): Promise<void> {
    await this.writer.stop();
    await this.loop.stop();
  }

  async health(): Promise<Health> {
    try {
      const { waiting, oldest } = await this.store.backlog();
      const detail = { waiting, ...(oldest && { waitingSince: oldest.toISOString() }) };
      return { status: this.loop.failing ? 'degraded' : 'up', detail };
    } catch {
      return { status: 'down', detail: { store: 'unreachable', connector: this.options.connector } };
    }
  }
}
