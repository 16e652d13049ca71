import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { Pace } from '../../src/messaging/transport/pace.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import { Wake } from '../../src/messaging/transport/wake.js';
import { ExclusiveLock } from './exclusive-lock.js';
import { errorCode } from './log-text.js';
import type { ReceiptStore, Waiting } from './receipt-store.js';
import { backOff } from './back-off.js';
import { delay } from './delay.js';

/** Each batch goes to its topic and into the inbox by a few statements, however many there are in it. */
const batchSize = 500;
/**
 * How soon it looks without being woken, for another process's receipts or those of one that died; up to ten times as seldom while there
 * are none.
 */
const idleMilliseconds = 250;
/** How often one that stands by looks whether the lock came free. */
const standByMilliseconds = 1_000;
const firstBackOff = 100;
const longestBackOff = 10_000;
const forgetEvery = 60_000;

/**
 * Brings stored receipts to their topics, in order for each sender, until they are there. A transport that is down is tried
 * again with back-off; a crash between append and mark only repeats messages whose event ids are known. One process
 * at a time publishes for a connector (an advisory lock of the database, released by the server when the process dies).
 */
export class PublishLoop {
  private readonly ending = new AbortController();
  private readonly waking = new Wake();
  private running: Promise<void> | undefined;
  private readonly lock: ExclusiveLock;
  private readonly pace = new Pace(idleMilliseconds);
  private failures = 0;
  private lastError = '';
  private forgotten = 0;
  /** How far receipts of before were gone through for hashes without a key; undefined: all were. */
  private keyedUntil: string | undefined = '0';

  constructor(
    pool: Pool,
    private readonly connector: string,
    private readonly store: ReceiptStore,
    private readonly transport: Transport,
    private readonly logger: Logger,
    private readonly clock: () => Date,
  ) {
    this.lock = new ExclusiveLock(pool, 'connector-publisher', connector);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Something was stored. */
  wake(): void {
    this.waking.ring();
  }

  /**
   * Whether this process is the one that works for the connector, by what the database says now; taken when it is free.
   * @throws the database's error
   */
  async isOurs(): Promise<boolean> {
    return !this.ending.signal.aborted && (await this.lock.take()) && (await this.lock.stillHeld());
  }

  /** The code of the error the last attempt to publish failed with; undefined when it did not. */
  get failure(): string | undefined {
    return this.failures > 0 ? this.lastError : undefined;
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ending.signal.aborted) {
      const pause = await this.round();
      if (pause > 0) await this.pause(pause);
    }
    this.lock.release();
  }

  /** One look at what waits. Returns how long to pause before the next. */
  private async round(): Promise<number> {
    try {
      if (!(await this.lock.take())) {
        // Another process publishes; how that goes is told there.
        this.failures = 0;
        return standByMilliseconds;
      }
      const waiting = await this.store.waiting(batchSize);
      if (waiting.length > 0) await this.publish(waiting);
      await this.forget();
      if (this.keyedUntil !== undefined) this.keyedUntil = await this.store.keyFormer(this.keyedUntil);
      if (this.failures > 0) this.logger.info({ connector: this.connector }, 'publishing again');
      this.failures = 0;
      const pause = this.pace.after(waiting.length > 0);
      return waiting.length === batchSize || this.keyedUntil !== undefined ? 0 : pause;
    } catch (error) {
      this.failures += 1;
      this.lastError = errorCode(error);
      const pause = backOff(this.failures - 1, firstBackOff, longestBackOff);
      this.logger.warn(
        {
          connector: this.connector,
          error: this.lastError,
          attempt: this.failures,
          pause: Math.round(pause),
        },
        'facts could not be published; they wait in the receipt store',
      );
      return pause;
    }
  }

  /** Sender by sender, so that one whose messages fail holds back no other; rejects when any of them failed. */
  private async publish(waiting: readonly Waiting[]): Promise<void> {
    const senders = Map.groupBy(waiting, (each) => each.sender);
    const results = await Promise.allSettled(
      [...senders.values()].map(async (receipts) => {
        for (const run of runsOfOneTopic(receipts)) {
          // Another publishes what is left, in its order.
          if (!(await this.lock.stillHeld())) return;
          await this.transport.append(
            run.topic,
            run.receipts.map((each) => each.message),
          );
          await this.store.published(run.receipts.map((each) => each.number));
        }
      }),
    );
    const failed = results.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async forget(): Promise<void> {
    const now = this.clock().getTime();
    if (now - this.forgotten < forgetEvery) return;
    this.forgotten = now;
    await this.store.forget(this.clock());
  }

  private async pause(milliseconds: number): Promise<void> {
    // A failing transport is not tried faster because more arrives, nor is a lock that another holds.
    const waits = this.failures > 0 || !this.lock.held;
    if (waits) await delay(milliseconds, this.ending.signal);
    else await this.waking.wait(milliseconds, this.ending.signal);
  }
}

function runsOfOneTopic(
  receipts: readonly Waiting[],
): readonly { readonly topic: string; readonly receipts: Waiting[] }[] {
  const runs: { readonly topic: string; readonly receipts: Waiting[] }[] = [];
  for (const receipt of receipts) {
    const last = runs.at(-1);
    if (last?.topic === receipt.topic) last.receipts.push(receipt);
    else runs.push({ topic: receipt.topic, receipts: [receipt] });
  }
  return runs;
}
