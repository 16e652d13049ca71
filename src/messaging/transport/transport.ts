import type { ConsumingFailure } from './consuming.js';

/**
 * The port that both transports implement: Kafka, and the embedded one on Postgres. One contract suite passes on both
 * (`test/messaging/transport-contract`). At least once; ordered per key; a message is durable before `append` resolves.
 */
export type OutgoingMessage = {
  /** Ordering key; the same key always lands in the same partition. Never a personal number. */
  readonly key: string;
  /** The CloudEvent as JSON text. */
  readonly value: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type IncomingMessage = OutgoingMessage & {
  readonly topic: string;
  readonly partition: number;
  /** Position within the partition. */
  readonly offset: string;
};

/**
 * Called with messages of one partition, in order. Resolving means all are durably taken and the offset may be
 * committed; rejecting means none is, and the same batch comes again after a back-off.
 */
export type BatchHandler = (batch: readonly IncomingMessage[]) => Promise<void>;

export type Place = { readonly topic: string; readonly partition: number };

/** Where a partition begins and ends, and how far a group has come. */
export type PartitionOffsets = {
  readonly topic: string;
  readonly partition: number;
  /** The first that is still there; `next` when there is none. */
  readonly first: number;
  /** What the next message gets. */
  readonly next: number;
  /** What the group reads next; undefined when it has never committed. */
  readonly committed: number | undefined;
};

export type Subscription = {
  stop(): Promise<void>;
  /** That it cannot consume now, whether or not anything waits; undefined while it can, or is only about to begin. */
  failure(): ConsumingFailure | undefined;
};

/** What a member of a consumer group asks for. */
export type SubscriptionRequest = {
  readonly group: string;
  readonly topics: readonly string[];
  readonly handle: BatchHandler;
  /**
   * Whether what is handed over can be dealt with now; answers in bounded time. A member that cannot for half a session gives its
   * partitions to the others, and comes back when it can. Absent: it always can. A member of the embedded transport that has lost its
   * database has lost its partitions with it, so there this is not asked.
   */
  readonly ready?: () => Promise<boolean>;
};

export interface Transport {
  readonly name: 'kafka' | 'embedded';
  /** Makes sure the topics exist with the configured partition count; refuses a topic that exists with another. */
  ensureTopics(topics: readonly string[]): Promise<void>;
  /** Durable when it resolves. Rejects with `TransportUnavailable` when it is not to be had (a retry can help). */
  append(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Starts consuming as a member of `group`; several processes of one group share the partitions. */
  subscribe(request: SubscriptionRequest): Promise<Subscription>;
  /** Each partition of the topics: what is there, and how far the group has come. */
  offsets(group: string, topics: readonly string[]): Promise<readonly PartitionOffsets[]>;
  /** The messages at these places; one that is not there any more is left out. Commits nothing. */
  readAt(places: readonly (Place & { readonly offset: number })[]): Promise<readonly IncomingMessage[]>;
  /** Lets a group go on from `next` in these partitions. Rejects while a member of the group runs. */
  setBack(group: string, places: readonly (Place & { readonly next: number })[]): Promise<void>;
  /** True when messages can be appended and read right now. */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

/** The transport cannot be reached; trying again can help. */
export class TransportUnavailable extends Error {
  override readonly name = 'TransportUnavailable';
}
