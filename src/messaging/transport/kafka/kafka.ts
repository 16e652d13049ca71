import { Partitioners, type Admin, type Kafka, type Producer } from 'kafkajs';
import { AppendQueue } from '../append-queue.js';
import { createKafka, kafkaFailure, kafkaRetry, type KafkaOptions } from './kafka-client.js';
import { KafkaSubscription } from './kafka-subscription.js';
import { checkDurability, ensureKafkaTopics } from './kafka-topics.js';
import { readKafkaAt, readKafkaOffsets, setKafkaOffsets } from './kafka-places.js';
import type {
  IncomingMessage,
  OutgoingMessage,
  PartitionOffsets,
  Place,
  Subscription,
  SubscriptionRequest,
  Transport,
} from '../transport.js';
import { checkMessages, defaultAppendLimitMs, noAnswer, TopicRefused } from '../transport-options.js';
import { withinLimit } from '../within-limit.js';

const healthLimitMs = 3000;
const topicsLimitMs = 60_000;

/**
 * The transport on Apache Kafka. Appends are idempotent with `acks=all` and one request under way, so order holds
 * through retries. kafkajs is known to this folder's `kafka*` files only.
 * @throws TopicRefused when made with replication below 3 or in-sync below 2 and development is not set.
 */
export class KafkaTransport implements Transport {
  readonly name = 'kafka';
  readonly #kafka: Kafka;
  readonly #queues = new Map<string, AppendQueue>();
  readonly #subscriptions = new Set<KafkaSubscription>();
  #producer: Promise<Producer> | undefined;
  #admin: Promise<Admin> | undefined;

  constructor(private readonly options: KafkaOptions) {
    checkDurability(options);
    this.#kafka = createKafka(options);
  }

  async ensureTopics(topics: readonly string[]): Promise<void> {
    await this.#withAdmin(topicsLimitMs, (admin) => ensureKafkaTopics(admin, this.options, topics));
  }

  async append(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    checkMessages(topic, messages);
    let queue = this.#queues.get(topic);
    if (queue === undefined) {
      queue = new AppendQueue((part) => this.#send(topic, part));
      this.#queues.set(topic, queue);
    }
    const limit = this.options.appendLimitMs ?? defaultAppendLimitMs;
    await withinLimit(queue.add(messages), limit, noAnswer(`append to ${topic}`, limit));
  }

  subscribe(request: SubscriptionRequest): Promise<Subscription> {
    const subscription = new KafkaSubscription(this.#kafka, this.options, request);
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
    return this.#withAdmin(topicsLimitMs, (admin) => readKafkaOffsets(admin, this.options, group, topics));
  }

  readAt(places: readonly (Place & { readonly offset: number })[]): Promise<readonly IncomingMessage[]> {
    return readKafkaAt(this.#kafka, this.options, places);
  }

  async setBack(group: string, places: readonly (Place & { readonly next: number })[]): Promise<void> {
    await this.#withAdmin(topicsLimitMs, (admin) => setKafkaOffsets(admin, this.options, group, places));
  }

  async healthy(): Promise<boolean> {
    try {
      const { brokers } = await this.#withAdmin(healthLimitMs, (admin) => admin.describeCluster());
      return brokers.length > 0;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    const open = [this.#producer, this.#admin];
    this.#producer = undefined;
    this.#admin = undefined;
    await Promise.all(open.map(leave));
  }

  async #send(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    const producer = (this.#producer ??= this.#connectProducer());
    try {
      const limit = this.options.appendLimitMs ?? defaultAppendLimitMs;
      const sending = producer.then((connected) =>
        connected.send({
          topic: `${this.options.prefix ?? ''}${topic}`,
          acks: -1,
          messages: messages.map(({ key, value, headers }) => ({
            key,
            value,
            ...(headers && { headers: { ...headers } }),
          })),
        }),
      );
      await withinLimit(sending, limit, noAnswer(`append to ${topic}`, limit));
    } catch (error) {
      // After a failure the sequence numbers of this producer may be out of step with the broker's: begin again.
      if (this.#producer === producer) this.#producer = undefined;
      void leave(producer);
      throw kafkaFailure(error);
    }
  }

  async #connectProducer(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // Java's murmur2: whoever else produces with a standard client puts a key into the same partition.
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: kafkaRetry,
    });
    await producer.connect();
    return producer;
  }

  async #withAdmin<T>(limitMs: number, work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = (this.#admin ??= this.#connectAdmin());
    try {
      return await withinLimit(admin.then(work), limitMs, noAnswer('Kafka', limitMs));
    } catch (error) {
      if (error instanceof TopicRefused) throw error;
      if (this.#admin === admin) this.#admin = undefined;
      void leave(admin);
      throw kafkaFailure(error);
    }
  }

  async #connectAdmin(): Promise<Admin> {
    const admin = this.#kafka.admin({ retry: kafkaRetry });
    await admin.connect();
    return admin;
  }
}

/** Disconnects what had connected. What cannot be reached any more needs no leave-taking. */
async function leave(client: Promise<Producer | Admin> | undefined): Promise<void> {
  try {
    await (await client)?.disconnect();
  } catch {
    // Its connection is gone, which is all that was wanted.
  }
}
