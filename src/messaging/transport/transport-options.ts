import { maximumMessageBytes } from '../contracts/topics.js';
import { TransportUnavailable, type OutgoingMessage } from './transport.js';

/** What a transport tells about itself. No key, value or personal data. */
export type TransportEvent =
  | {
      readonly kind: 'batch-failed';
      readonly topic: string;
      readonly partition: number;
      readonly failures: number;
      readonly error: unknown;
    }
  | { readonly kind: 'consumer-failed'; readonly group: string; readonly error: unknown }
  | { readonly kind: 'stood-aside' | 'came-back'; readonly group: string }
  | { readonly kind: 'lease-lost'; readonly topic: string; readonly partition: number };

/** What both transports take. */
export type TransportOptions = {
  /**
   * The same for every topic, so that one person's facts have the same place in each. Fixed for the life of a topic:
   * another number would send a person's next fact to another partition, past the ones still waiting.
   */
  readonly partitions: number;
  /** How long a message stays, in milliseconds. Default: `retentionOf`. */
  readonly retention?: (topic: string) => number;
  /** How long an append may take before it is refused as unavailable, in milliseconds. Default 10 000. */
  readonly appendLimitMs?: number;
  /** How long a member of a group may be silent before others take its partitions, in milliseconds. Default 10 000. */
  readonly sessionMs?: number;
  readonly onEvent?: (event: TransportEvent) => void;
};

export const defaultAppendLimitMs = 10_000;
export const defaultSessionMs = 10_000;

/** A topic exists, but not as this hub needs it. Somebody must decide; trying again does not help. */
export class TopicRefused extends Error {
  override readonly name = 'TopicRefused';
}

/** A message that no transport takes. Trying again does not help. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
}

/**
 * Refuses what would fail later, for everybody who is appended together with it.
 * @throws MessageRefused saying which limit, never the content.
 */
export function checkMessages(topic: string, messages: readonly OutgoingMessage[]): void {
  for (const { key, value } of messages) {
    if (key === '' || key.includes('\0')) throw new MessageRefused(`a message on ${topic} has no usable key`);
    const bytes = Buffer.byteLength(value);
    if (bytes > maximumMessageBytes) {
      throw new MessageRefused(
        `a message on ${topic} has ${bytes} bytes; at most ${maximumMessageBytes} are taken`,
      );
    }
    if (value.includes('\0')) throw new MessageRefused(`a message on ${topic} is not text`);
  }
}

/** The wait before a failed batch comes again: doubles from 100 ms to 30 s. */
export function batchBackOffMs(failures: number): number {
  return Math.min(30_000, 100 * 2 ** Math.min(failures - 1, 20));
}

/** What an append is told that had no answer in time. What it carried may still arrive, and come twice: at least once. */
export function noAnswer(what: string, limitMs: number): () => TransportUnavailable {
  return () => new TransportUnavailable(`${what}: no answer within ${limitMs} ms`);
}
