import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { Consuming, type ConsumingFailure } from '../consuming.js';
import { delay } from '../delay.js';
import { kafkaRetry, type KafkaOptions } from './kafka-client.js';
import { KafkaOffsets } from './kafka-offsets.js';
import { orAborted, StoodAside, untilReady, watchReadiness, type ReadinessPace } from '../standing-aside.js';
import type { IncomingMessage, Subscription, SubscriptionRequest } from '../transport.js';
import { withinLimit } from '../within-limit.js';
import { batchBackOffMs, defaultSessionMs, noAnswer } from '../transport-options.js';
import { decodeUtf8, WrongCharacterSet } from '../../../wire/character-set.js';

/** Messages handed over at a time: one statement of the inbox. */
const mostMessages = 500;
/** How long the broker may hold back an empty answer. Rebalances and a stop are noticed between answers. */
const longPollMs = 300;
const disconnectLimitMs = 10_000;

/**
 * One member of a consumer group. Offsets are committed only after the handler has resolved. A failing batch pauses
 * its partition alone and comes again after a back-off. A consumer that fails is replaced, until stopped. One that cannot deal with
 * what it holds leaves the group until it can (`ready`), so that others take its partitions.
 */
export class KafkaSubscription implements Subscription {
  readonly #stopping = new AbortController();
  readonly #failures = new Map<string, number>();
  /** Batches that are being handled now. */
  readonly #handling = new Set<Promise<void>>();
  readonly #consuming = new Consuming();
  readonly #running: Promise<void>;
  readonly #sessionMs: number;
  readonly #prefix: string;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: KafkaOptions,
    private readonly request: SubscriptionRequest,
  ) {
    this.#sessionMs = options.sessionMs ?? defaultSessionMs;
    this.#prefix = options.prefix ?? '';
    this.#running = this.#supervise();
  }

  failure(): ConsumingFailure | undefined {
    return this.#consuming.failure;
  }

  /** Resolves when the running handler is done and the group has been left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #supervise(): Promise<void> {
    for (let failures = 1; !this.#stopping.signal.aborted; failures += 1) {
      const started = Date.now();
      try {
        await this.#consume();
      } catch (error) {
        const { group } = this.request;
        if (error instanceof StoodAside) {
          this.options.onEvent?.({ kind: 'stood-aside', group });
          await untilReady(this.#pace(), this.#stopping.signal);
          this.options.onEvent?.({ kind: 'came-back', group });
          failures = 0;
          continue;
        }
        this.#consuming.failed(error);
        this.options.onEvent?.({ kind: 'consumer-failed', group, error });
      }
      if (Date.now() - started > 60_000) failures = 1;
      await delay(Math.min(5000, batchBackOffMs(failures)), this.#stopping.signal);
    }
  }

  /** Consumes until stopped (resolves) or the client gives up (rejects). */
  async #consume(): Promise<void> {
    const consumer = this.kafka.consumer({
      groupId: `${this.#prefix}${this.request.group}`,
      sessionTimeout: this.#sessionMs,
      heartbeatInterval: Math.floor(this.#sessionMs / 4),
      maxWaitTimeInMs: longPollMs,
      allowAutoTopicCreation: false,
      retry: { ...kafkaRetry, restartOnFailure: () => Promise.resolve(false) },
    });
    const offsets = new KafkaOffsets(consumer, (error) =>
      this.options.onEvent?.({ kind: 'consumer-failed', group: this.request.group, error }),
    );
    const aside = new AbortController();
    const over = new AbortController();
    this.#failures.clear();
    try {
      const ended = this.#ended(consumer);
      ended.catch(() => undefined); // Looked at below, unless starting fails first.
      await Promise.race([ended, this.#start(consumer, offsets, aside.signal)]);
      const busy = () => this.#failures.size + this.#handling.size > 0;
      await Promise.race([ended, watchReadiness(this.#pace(), busy, over.signal)]);
    } catch (error) {
      // A handler that still waits for what is not there blocks nobody: the group gives its messages to another.
      if (error instanceof StoodAside) aside.abort();
      throw error;
    } finally {
      over.abort();
      // Leaving the group first would leave the last handled offsets uncommitted.
      await Promise.allSettled(this.#handling);
      await offsets.stop();
      const left = noAnswer('leaving the group', disconnectLimitMs);
      await withinLimit(consumer.disconnect(), disconnectLimitMs, left).catch((error: unknown) =>
        this.options.onEvent?.({ kind: 'consumer-failed', group: this.request.group, error }),
      );
    }
  }

  #pace(): ReadinessPace {
    const { ready } = this.request;
    return { ...(ready && { ready }), everyMs: this.#sessionMs / 10, limitMs: this.#sessionMs / 2 };
  }

  async #start(consumer: Consumer, offsets: KafkaOffsets, aside: AbortSignal): Promise<void> {
    // Told of each answer of a broker, an empty one too. To have joined is no success but of a member without a partition, which asks
    // for none: one that is refused what it was given fails after joining, each time anew.
    consumer.on(consumer.events.FETCH, () => this.#consuming.succeeded());
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (Object.values(payload.memberAssignment).flat().length === 0) this.#consuming.succeeded();
    });
    await consumer.connect();
    // A group without an offset begins at the beginning: nothing that was acknowledged is passed over.
    await consumer.subscribe({
      topics: this.request.topics.map((topic) => `${this.#prefix}${topic}`),
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: (payload) => this.#whileHandling(this.#eachBatch(payload, offsets, aside)),
    });
  }

  #ended(consumer: Consumer): Promise<void> {
    return new Promise((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      this.#stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      if (this.#stopping.signal.aborted) resolve();
    });
  }

  async #whileHandling(batch: Promise<void>): Promise<void> {
    this.#handling.add(batch);
    try {
      await batch;
    } finally {
      this.#handling.delete(batch);
    }
  }

  async #eachBatch(payload: EachBatchPayload, offsets: KafkaOffsets, aside: AbortSignal): Promise<void> {
    const { partition, messages } = payload.batch;
    const topic = payload.batch.topic.slice(this.#prefix.length);
    // A failed heartbeat (a rebalance, a lost connection) shows again in the next fetch.
    const heartbeat = setInterval(() => void payload.heartbeat().catch(() => undefined), this.#sessionMs / 4);
    try {
      for (let from = 0; from < messages.length; from += mostMessages) {
        if (this.#stopping.signal.aborted || !payload.isRunning() || payload.isStale()) return;
        const part = messages.slice(from, from + mostMessages);
        const incoming = part.map((message) => toIncoming(topic, partition, message));
        if (!(await this.#handled(incoming, payload, aside))) return;
        const last = part.at(-1)!.offset;
        payload.resolveOffset(last);
        offsets.handled(payload.batch.topic, partition, last);
      }
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #handled(
    incoming: readonly IncomingMessage[],
    payload: EachBatchPayload,
    aside: AbortSignal,
  ): Promise<boolean> {
    const { topic, partition } = incoming[0]!;
    const place = `${topic}/${partition}`;
    try {
      await orAborted(this.request.handle(incoming), aside);
      this.#failures.delete(place);
      return true;
    } catch (error) {
      if (error instanceof StoodAside) return false;
      const failures = (this.#failures.get(place) ?? 0) + 1;
      this.#failures.set(place, failures);
      this.options.onEvent?.({ kind: 'batch-failed', topic, partition, failures, error });
      // Nothing was resolved, so the partition is fetched from the same offset once it is resumed.
      const resume = payload.pause();
      setTimeout(resume, batchBackOffMs(failures)).unref();
      return false;
    }
  }
}

/**
 * What is no UTF-8 is no JSON either (RFC 8259), and becomes a dead letter as that with its bytes: a character put in the place of a
 * broken one would be stored as what was said.
 */
function textOfValue(value: Buffer | null): string {
  try {
    return value === null ? '' : decodeUtf8(value);
  } catch (error) {
    if (error instanceof WrongCharacterSet) return `bytes in base64: ${value?.toString('base64')}`;
    throw error;
  }
}

export function toIncoming(topic: string, partition: number, message: KafkaMessage): IncomingMessage {
  return {
    topic,
    partition,
    offset: message.offset,
    key: message.key?.toString('utf8') ?? '',
    value: textOfValue(message.value),
    headers: Object.fromEntries(
      Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value ?? '')]),
    ),
  };
}
