import type { Logger } from 'pino';
import type { Pool, PoolClient } from 'pg';
import type { Transport } from '../../src/messaging/transport/transport.js';
import type { ConnectorMetrics, MessageOutcome } from './connector-metrics.js';
import type { Health } from './health.js';
import { errorCode } from './log-text.js';
import { PublishLoop } from './publish-loop.js';
import type { Recorder } from './recording/recorder.js';
import { RecordingWriter, type Untold } from './recording/recording-writer.js';
import { ReceiptStore, type Earlier, type Receipt, type ReceiptRules, type Taken } from './receipt-store.js';
import { NotNow, ReceiptWriter } from './receipt-writer.js';

export type FactPublisherOptions = {
  /** The connector's name, e.g. `melior`; one process at a time publishes for each. */
  readonly connector: string;
  /** Closed by whoever made it, after `stop`. It must have an `error` listener. */
  readonly pool: Pool;
  readonly transport: Transport;
  readonly logger: Logger;
  readonly rules: ReceiptRules;
  readonly clock?: () => Date;
  readonly metrics?: ConnectorMetrics;
  /** Seals what came in for the recording; absent: nothing is recorded. */
  readonly recorder?: Recorder;
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
  private readonly clock: () => Date;
  private readonly recording: RecordingWriter | undefined;
  private lastMessageAt: Date | undefined;
  private refusedFor: string | undefined;
  private readonly counts = { stored: 0, repeated: 0, nothing: 0, refused: 0, notNow: 0 };

  constructor(private readonly options: FactPublisherOptions) {
    const { pool, connector, rules, transport, logger } = options;
    const clock = options.clock ?? ((): Date => new Date());
    this.clock = clock;
    this.store = new ReceiptStore(pool, connector, rules, options.recorder);
    this.recording = options.recorder && new RecordingWriter({ ...options, recorder: options.recorder });
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
    const started = performance.now();
    try {
      const taken = await this.writer.take(receipt);
      if (taken.kind === 'stored') this.loop.wake();
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
   * source. Call `wake` after the commit. No two may share sender and control id.
   */
  async takeWithin(transaction: PoolClient, receipts: readonly Receipt[]): Promise<readonly Taken[]> {
    const taken = await this.store.store(receipts, this.clock(), transaction);
    for (const { kind } of taken)
      if (kind !== 'conflict') this.count(kind === 'stored' ? 'stored' : 'repeated');
    return taken;
  }

  /** Something was stored by `takeWithin` and is committed. */
  wake(): void {
    this.loop.wake();
  }

  /**
   * Whether this process is the one that works for the connector: only one reads a register again, or publishes. Another takes over
   * within seconds of its death, or of its freezing. @throws the database's error
   */
  isOurs(): Promise<boolean> {
    return this.loop.isOurs();
  }

  /** What became of a sender's id that came before, for a message that is not to be stored. */
  earlier(sender: string, controlId: string, hash: string): Promise<Earlier | undefined> {
    return this.store.earlier(sender, controlId, hash, this.clock());
  }

  /** Finishes what is being stored and published. What is not yet published waits for the next start. */
  async stop(): Promise<void> {
    await this.writer.stop();
    await this.recording?.settled();
    await this.loop.stop();
  }

  async health(): Promise<Health> {
    try {
      this.lastMessageAt ??= await this.store.lastReceivedAt();
      const { waiting, oldest } = await this.store.backlog();
      const detail = {
        ...this.counts,
        ...(this.refusedFor !== undefined && { lastRefusal: this.refusedFor }),
        waiting,
        ...(oldest && { waitingSince: oldest.toISOString() }),
      };
      const pace = { waiting, ...(oldest && { waitingSince: oldest }) };
      const last = this.lastMessageAt && { lastMessageAt: this.lastMessageAt.toISOString() };
      const { failure } = this.loop;
      return failure === undefined
        ? { status: 'up', ...last, detail, pace }
        : { status: 'degraded', why: `facts do not reach their topic: ${failure}`, ...last, detail, pace };
    } catch (error) {
      const why = `the receipt store cannot be reached: ${errorCode(error)}`;
      return { status: 'down', why, detail: { connector: this.options.connector } };
    }
  }

  private count(outcome: MessageOutcome, started?: number): void {
    this.lastMessageAt = this.clock();
    this.counts[outcome === 'not-now' ? 'notNow' : outcome] += 1;
    const seconds = started === undefined ? undefined : (performance.now() - started) / 1000;
    this.options.metrics?.message(this.options.connector, outcome, seconds);
  }
}
