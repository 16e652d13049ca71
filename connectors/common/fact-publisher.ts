import type { Transport } from '../../src/messaging/transport/transport.js';
import type { ConnectorMetrics } from './connector-metrics.js';
import { FactPublishing } from './fact-publishing.js';
import { FactTaker, type FactTakerOptions } from './fact-taker.js';
import type { Health } from './health.js';
import type { Taken } from './receipt-store.js';
import type { Receipt } from './receipt.js';

export type FactPublisherOptions = FactTakerOptions & {
  readonly metrics?: ConnectorMetrics;
  /** One process at a time publishes for each connector. */
  readonly transport: Transport;
};

/**
 * How a connector tells facts: `take` makes one durable together with the answer its sender gets, and a loop of its own
 * brings it to its topic, also when the transport is down for hours or the process is killed in between.
 */
export class FactPublisher extends FactTaker {
  private readonly publishing: FactPublishing;

  constructor(options: FactPublisherOptions) {
    super(options);
    const clock = options.clock ?? ((): Date => new Date());
    this.publishing = new FactPublishing({ ...options, clock }, this.store);
  }

  override async take(receipt: Receipt): Promise<Taken> {
    const taken = await super.take(receipt);
    if (taken.kind === 'stored') this.wake();
    return taken;
  }

  start(): void {
    this.publishing.loop.start();
  }

  /** Something was stored by `takeWithin` and is committed. */
  wake(): void {
    this.publishing.loop.wake();
  }

  /**
   * Whether this process is the one that works for the connector: only one reads a register again, or publishes. Another takes over
   * within seconds of its death, or of its freezing. @throws the database's error
   */
  isOurs(): Promise<boolean> {
    return this.publishing.loop.isOurs();
  }

  /** Finishes what is being stored and published. What is not yet published waits for the next start. */
  override async stop(): Promise<void> {
    await super.stop();
    await this.publishing.loop.stop();
  }

  health(): Promise<Health> {
    return this.publishing.health(this.soFar());
  }
}
