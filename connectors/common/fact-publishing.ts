import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { Transport } from '../../src/messaging/transport/transport.js';
import type { TakenSoFar } from './fact-taker.js';
import type { Health } from './health.js';
import { errorCode } from './log-text.js';
import { PublishLoop } from './publish-loop.js';
import type { ReceiptStore } from './receipt-store.js';

export type FactPublishingOptions = {
  /** One process at a time publishes for each connector. */
  readonly connector: string;
  readonly pool: Pool;
  readonly transport: Transport;
  readonly logger: Logger;
  readonly clock: () => Date;
};

/** The publishing half of a connector: brings what was taken to its topics, and says how that goes. */
export class FactPublishing {
  readonly loop: PublishLoop;
  /** Before the start; asked once, because of a source that told nothing every receipt is looked at. */
  private heardBefore: { readonly at: Date | undefined } | undefined;

  constructor(
    private readonly options: FactPublishingOptions,
    private readonly store: ReceiptStore,
  ) {
    const { pool, connector, transport, logger, clock } = options;
    this.loop = new PublishLoop(pool, connector, store, transport, logger, clock);
  }

  /** @param soFar what was taken since the start */
  async health({ lastMessageAt, detail: counts }: TakenSoFar): Promise<Health> {
    try {
      this.heardBefore ??= { at: await this.store.lastReceivedAt() };
      const heard = lastMessageAt ?? this.heardBefore.at;
      const { waiting, oldest } = await this.store.backlog();
      const detail = { ...counts, waiting, ...(oldest && { waitingSince: oldest.toISOString() }) };
      const pace = { waiting, ...(oldest && { waitingSince: oldest }) };
      const last = heard && { lastMessageAt: heard.toISOString() };
      const { failure } = this.loop;
      return failure === undefined
        ? { status: 'up', ...last, detail, pace }
        : { status: 'degraded', why: `facts do not reach their topic: ${failure}`, ...last, detail, pace };
    } catch (error) {
      const why = `the receipt store cannot be reached: ${errorCode(error)}`;
      return { status: 'down', why, detail: { connector: this.options.connector } };
    }
  }
}
