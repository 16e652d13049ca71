import type { Database } from '../../../persistence/database.js';
import { retentionOf } from '../../contracts/topics.js';
import { AppendQueue } from '../append-queue.js';
import { EmbeddedSubscription } from './embedded-subscription.js';
import {
  createTopics,
  fetchMessages,
  insert,
  partitionCount,
  readOffsets,
  setOffsets,
  sweep,
} from './embedded-store.js';
import { isConnectionFailure } from '../../../persistence/connection-failure.js';
import {
  TransportUnavailable,
  type BatchHandler,
  type IncomingMessage,
  type OutgoingMessage,
  type PartitionOffsets,
  type Place,
  type Subscription,
  type Transport,
} from '../transport.js';
import {
  checkMessages,
  defaultAppendLimitMs,
  noAnswer,
  type TransportOptions,
} from '../transport-options.js';
import { withinLimit } from '../within-limit.js';

export type EmbeddedOptions = TransportOptions & {
  /** How soon other processes' messages are looked for, up to ten times as seldom while there are none, in milliseconds. Default 50. */
  readonly pollMs?: number;
  /** How often old messages are removed, in milliseconds; 0: never by itself. Default 60 000. */
  readonly sweepMs?: number;
};

const defaultPollMs = 50;
const defaultSweepMs = 60_000;
const healthLimitMs = 3000;

/**
 * The transport on the PostgreSQL that is there anyway. Durable as the database is (`synchronous_commit` on), ordered
 * per key, shared by several processes through leases. The database is the caller's to close.
 */
export class EmbeddedTransport implements Transport {
  readonly name = 'embedded';
  readonly #partitions = new Map<string, number>();
  readonly #queues = new Map<string, AppendQueue>();
  readonly #subscriptions = new Set<EmbeddedSubscription>();
  readonly #sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly options: EmbeddedOptions,
  ) {
    const sweepMs = options.sweepMs ?? defaultSweepMs;
    if (sweepMs > 0) {
      this.#sweeper = setInterval(() => {
        // Old messages wait for the next round.
        this.sweep().catch((error: unknown) =>
          this.options.onEvent?.({ kind: 'consumer-failed', group: 'retention', error }),
        );
      }, sweepMs).unref();
    }
  }

  async ensureTopics(topics: readonly string[]): Promise<void> {
    await this.#reach(createTopics(this.database, topics, this.options.partitions), 'topics');
    for (const topic of topics) this.#partitions.set(topic, this.options.partitions);
  }

  async append(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    checkMessages(topic, messages);
    let queue = this.#queues.get(topic);
    if (queue === undefined) {
      queue = new AppendQueue((part) => this.#insert(topic, part));
      this.#queues.set(topic, queue);
    }
    await this.#reach(queue.add(messages), `append to ${topic}`);
    for (const subscription of this.#subscriptions) subscription.wake();
  }

  subscribe(request: {
    group: string;
    topics: readonly string[];
    handle: BatchHandler;
  }): Promise<Subscription> {
    const options = { ...this.options, pollMs: this.options.pollMs ?? defaultPollMs };
    const subscription = new EmbeddedSubscription(this.database, options, request);
    this.#subscriptions.add(subscription);
    return Promise.resolve({
      stop: async () => {
        await subscription.stop();
        this.#subscriptions.delete(subscription);
      },
      failure: () => subscription.failure(),
    });
  }

  offsets(group: string, topics: readonly string[]): Promise<readonly PartitionOffsets[]> {
    return this.#reach(readOffsets(this.database, group, topics), 'offsets');
  }

  async readAt(
    places: readonly (Place & { readonly offset: number })[],
  ): Promise<readonly IncomingMessage[]> {
    const found = await Promise.all(
      places.map(({ topic, partition, offset }) =>
        this.#reach(
          fetchMessages(this.database, { topic, partition }, offset, { messages: 1, bytes: 1 }),
          'messages',
        ),
      ),
    );
    return found.flatMap((messages, place) =>
      messages.filter(({ offset }) => offset === String(places[place]?.offset)),
    );
  }

  setBack(group: string, places: readonly (Place & { readonly next: number })[]): Promise<void> {
    return this.#reach(setOffsets(this.database, group, places), 'offsets');
  }

  async healthy(): Promise<boolean> {
    try {
      return await withinLimit(this.database.healthy(), healthLimitMs, noAnswer('health', healthLimitMs));
    } catch {
      return false;
    }
  }

  /** Removes messages past their retention that every known group has taken. @returns how many */
  async sweep(): Promise<number> {
    const retention = this.options.retention ?? retentionOf;
    let removed = 0;
    for (const topic of this.#partitions.keys())
      removed += await sweep(this.database, topic, retention(topic));
    return removed;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
  }

  async #insert(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    let partitions = this.#partitions.get(topic);
    if (partitions === undefined) {
      partitions = await partitionCount(this.database, topic);
      this.#partitions.set(topic, partitions);
    }
    await insert(this.database, topic, partitions, messages);
  }

  async #reach<T>(work: Promise<T>, what: string): Promise<T> {
    try {
      const limit = this.options.appendLimitMs ?? defaultAppendLimitMs;
      return await withinLimit(work, limit, noAnswer(what, limit));
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      throw new TransportUnavailable(`${what}: the database is out of reach`, { cause: error });
    }
  }
}
