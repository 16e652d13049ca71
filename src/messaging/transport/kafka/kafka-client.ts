import { createRequire } from 'node:module';
import { types } from 'node:util';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { TransportUnavailable } from '../transport.js';
import { MessageRefused, type TransportOptions } from '../transport-options.js';

export type KafkaOptions = TransportOptions & {
  /** `host:port` of the brokers to begin with. */
  readonly brokers: readonly string[];
  /** Put before the name of each topic and group, where several installations share a cluster. Default: nothing. */
  readonly prefix?: string;
  /** Shown in the broker's logs and quotas. */
  readonly clientId: string;
  /** Copies of each message. Below 3 only in development. */
  readonly replication: number;
  /** Copies that must have a message before it counts as durable (`min.insync.replicas`). Below 2 only in development. */
  readonly minimumInSync: number;
  /** Allows replication below 3 and in-sync below 2, so that a broker's disk may cost what was acknowledged. */
  readonly development: boolean;
  /** TLS and SASL, as kafkajs takes them. */
  readonly security?: Pick<KafkaConfig, 'ssl' | 'sasl'>;
};

/** Few and short: the callers retry on their own terms, and an append must fail in bounded time. */
export const kafkaRetry = { retries: 3, initialRetryTime: 150, maxRetryTime: 1000, factor: 0.2 } as const;

/** A kafkajs client. It logs nothing by itself: its texts are not ours to vouch for; see `TransportEvent`. */
export function createKafka(options: KafkaOptions): Kafka {
  return new Kafka({
    brokers: [...options.brokers],
    clientId: options.clientId,
    connectionTimeout: 2000,
    requestTimeout: 8000,
    retry: kafkaRetry,
    logLevel: logLevel.NOTHING,
    ...options.security,
  });
}

/** What a failed request to the broker means to a caller. */
export function kafkaFailure(error: unknown): Error {
  if (error instanceof TransportUnavailable) return error;
  const type = errorType(error);
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') {
    return new MessageRefused(`the broker takes no message of this size (${type})`);
  }
  return new TransportUnavailable(`Kafka: ${type}`, { cause: error });
}

/** The broker's name of an error. kafkajs wraps it (`type`) in its own (`name`), several in one (`errors`). */
export function errorType(error: unknown): string {
  if (!types.isNativeError(error)) return 'unknown';
  if ('errors' in error && Array.isArray(error.errors)) return errorType(error.errors[0]);
  if ('type' in error && typeof error.type === 'string') return error.type;
  return types.isNativeError(error.cause) ? errorType(error.cause) : error.name;
}

type RequestQueue = {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
};

/**
 * kafkajs 2.2.4 re-arms a timer with a negative wait after every request, for ever: 1000 wake-ups a second on an idle
 * connection, and a warning since Node 24 (tulios/kafkajs#1751). The timer is needed only while requests wait.
 */
function stopIdleTimers(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
    prototype: RequestQueue;
  };
  const schedule = Object.getOwnPropertyDescriptor(prototype, 'scheduleCheckPendingRequests')?.value as
    ((this: RequestQueue) => void) | undefined;
  if (schedule === undefined) return;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}

stopIdleTimers();
