import type { Consumer } from 'kafkajs';

/** How long a handled offset may wait to be committed with those of other partitions. */
const commitEveryMs = 100;

/**
 * Commits what has been handled, all partitions together in one request and not one for each batch: a request for each of a
 * dozen partitions took longer than the messages themselves. Only handled offsets are ever committed; a process that dies
 * before its commit gets the messages again, which every handler bears.
 */
export class KafkaOffsets {
  readonly #handled = new Map<string, { topic: string; partition: number; offset: string }>();
  #timer: NodeJS.Timeout | undefined;
  #committing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly consumer: Consumer,
    private readonly onError: (error: unknown) => void,
  ) {
    // After a rebalance a partition may be another member's, which must not be set back to where we were.
    consumer.on(consumer.events.REBALANCING, () => this.#handled.clear());
    consumer.on(consumer.events.GROUP_JOIN, () => this.#handled.clear());
  }

  /** Every message of the partition up to `offset` has been handled. */
  handled(topic: string, partition: number, offset: string): void {
    this.#handled.set(`${topic}/${partition}`, {
      topic,
      partition,
      offset: String(BigInt(offset) + 1n),
    });
    if (!this.#stopped) this.#timer ??= setTimeout(() => this.#commitSoon(), commitEveryMs);
  }

  /** Commits what is left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#commitSoon();
    await this.#committing;
  }

  #commitSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // One request after the other, so that an older offset never follows a newer one.
    this.#committing = this.#committing.then(() => this.#commit());
  }

  async #commit(): Promise<void> {
    const offsets = [...this.#handled.values()];
    if (offsets.length === 0) return;
    this.#handled.clear();
    try {
      await this.consumer.commitOffsets(offsets);
    } catch (error) {
      // The group has moved on, or the broker is away: the messages come again.
      this.onError(error);
    }
  }
}
