import type { Logger } from 'pino';
import type { Pool, PoolClient } from 'pg';
import type { ConnectorMetrics, MessageOutcome } from './connector-metrics.js';
import type { Recorder } from './recording/recorder.js';
import { RecordingWriter, type Untold } from './recording/recording-writer.js';
import { ReceiptStore, type Earlier, type ReceiptRules, type Taken } from './receipt-store.js';
import type { Receipt } from './receipt.js';
import { NotNow, ReceiptWriter } from './receipt-writer.js';

export type FactTakerOptions = {
  /** The connector's name, e.g. `melior`. */
  readonly connector: string;
  /** Closed by whoever made it, after `stop`. It must have an `error` listener. */
  readonly pool: Pool;
  readonly logger: Logger;
  readonly rules: ReceiptRules;
  readonly clock?: () => Date;
  readonly metrics?: Pick<ConnectorMetrics, 'message'>;
  /** Seals what came in for the recording; absent: nothing is recorded. */
  readonly recorder?: Recorder;
  /** Receipts waiting for a commit at most; beyond it `take` says not now. Default 1 000. */
  readonly longestQueue?: number;
  /** Something new is durable. */
  readonly onStored?: () => void;
};

/** What became of what came since the start, for health: counts and codes, nothing of any content. */
export type TakenSoFar = {
  readonly lastMessageAt?: Date;
  readonly detail: Readonly<Record<string, string | number>>;
};

/**
 * The receiving half of a connector: `take` makes a fact durable together with the answer its sender gets. Bringing it to its topic is the
 * work of a `PublishLoop`, in this thread or another.
 */
export class FactTaker {
  protected readonly store: ReceiptStore;
  private readonly writer: ReceiptWriter;
  private readonly clock: () => Date;
  private readonly recording: RecordingWriter | undefined;
  private lastMessageAt: Date | undefined;
  private refusedFor: string | undefined;
  private readonly counts = { stored: 0, repeated: 0, nothing: 0, refused: 0, notNow: 0 };

  constructor(private readonly taking: FactTakerOptions) {
    const { pool, connector, rules, recorder, longestQueue } = taking;
    this.clock = taking.clock ?? ((): Date => new Date());
    this.store = new ReceiptStore(pool, connector, rules, recorder);
    this.recording = recorder && new RecordingWriter({ ...taking, recorder });
    this.writer = new ReceiptWriter(this.store, this.clock, longestQueue ?? 1000);
  }

  /**
   * Resolves when the receipt is on durable storage, or was before (`repeat`), or is refused (`conflict`).
   * @throws NotNow, or the database's error: nothing was stored, trying again can help.
   */
  async take(receipt: Receipt): Promise<Taken> {
    const started = performance.now();
    try {
      const taken = await this.writer.take(receipt);
      if (taken.kind === 'stored') this.taking.onStored?.();
      if (taken.kind !== 'conflict') this.count(taken.kind === 'stored' ? 'stored' : 'repeated', started);
      return taken;
    } catch (error) {
      this.count('not-now', error instanceof NotNow ? undefined : started);
      throw error;
    }
  }

  /**
   * A message was refused for good.
   * @param cause for operators: a code and plain words, never anything of its content
   * @param message what is recorded of it, where recording is configured
   */
  refused(cause: string, message?: Untold): void {
    this.refusedFor = cause;
    this.count('refused');
    if (message) void this.recording?.add({ ...message, outcome: 'refused', cause, at: this.clock() });
  }

  /**
   * A message was sound and told nothing that is followed here.
   * @param reason a fixed text, never anything of its content
   */
  nothing(reason: string, message: Untold): void {
    this.count('nothing');
    void this.recording?.add({ ...message, outcome: 'nothing', cause: reason, at: this.clock() });
  }

  /**
   * Stores receipts in the caller's transaction, so that they become durable together with what the caller keeps of their
   * source. The caller tells the loop after the commit. No two may share sender and control id.
   */
  async takeWithin(transaction: PoolClient, receipts: readonly Receipt[]): Promise<readonly Taken[]> {
    const taken = await this.store.store(receipts, this.clock(), transaction);
    for (const { kind } of taken)
      if (kind !== 'conflict') this.count(kind === 'stored' ? 'stored' : 'repeated');
    return taken;
  }

  /** What became of a sender's id that came before, for a message that is not to be stored. */
  earlier(sender: string, controlId: string, hash: string): Promise<Earlier | undefined> {
    return this.store.earlier(sender, controlId, hash, this.clock());
  }

  /** Whether a visit was told as a stay. @throws the database's error */
  isTold(visit: Buffer): Promise<boolean> {
    return this.store.isTold(visit);
  }

  /** Finishes what is being stored. */
  async stop(): Promise<void> {
    await this.writer.stop();
    await this.recording?.settled();
  }

  soFar(): TakenSoFar {
    return {
      ...(this.lastMessageAt && { lastMessageAt: this.lastMessageAt }),
      detail: {
        ...this.counts,
        ...(this.refusedFor !== undefined && { lastRefusal: this.refusedFor }),
      },
    };
  }

  private count(outcome: MessageOutcome, started?: number): void {
    this.lastMessageAt = this.clock();
    this.counts[outcome === 'not-now' ? 'notNow' : outcome] += 1;
    const seconds = started === undefined ? undefined : (performance.now() - started) / 1000;
    this.taking.metrics?.message(this.taking.connector, outcome, seconds);
  }
}
