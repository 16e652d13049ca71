import { createCipheriv, createDecipheriv, createSecretKey, randomUUID } from 'node:crypto';
import type { CloudEvent } from './cloud-event.js';
import { fewRandomBytes } from './random-bytes.js';
import { sealedContentType, type SealedEvent } from './sealed-schema.js';
import { isSealable, sealedTopic } from './sealed-topics.js';

/** The key of one message. */
export type SealingKey = { readonly eventId: string; readonly id: string; readonly key: Buffer };

/** The data cannot be read: it was altered, or the key is another's. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

export type { SealedEvent };

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/** What the seal is bound to: data moved into another envelope does not open. */
function bound({ id, source, type, time }: Pick<CloudEvent, 'id' | 'source' | 'type' | 'time'>): Buffer {
  return Buffer.from(JSON.stringify([id, source, type, time]));
}

/**
 * A fact as it goes on its way: one about a person is sealed, under a key of its own, and goes on the sealed topic; any other as it is.
 * @param value a CloudEvent of the topic as JSON, checked against its schema
 */
export function sealFact(
  topic: string,
  value: string,
): {
  readonly topic: string;
  readonly value: string;
  readonly key?: SealingKey;
  /** What was sealed, in clear. */
  readonly event?: CloudEvent;
} {
  if (!isSealable(topic)) return { topic, value };
  const event = JSON.parse(value) as CloudEvent;
  const { data, ...envelope } = event;
  const random = fewRandomBytes(keyBytes + ivBytes);
  const [key, iv] = [random.subarray(0, keyBytes), random.subarray(keyBytes)];
  // As a key object: of plain bytes Node first asks in a costly way what they are.
  const cipher = createCipheriv(algorithm, createSecretKey(key), iv);
  cipher.setAAD(bound(envelope));
  const content = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()]);
  const sealed: SealedEvent = {
    ...envelope,
    datacontenttype: sealedContentType,
    sealkey: randomUUID(),
    data_base64: Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64'),
  };
  return {
    topic: sealedTopic(topic),
    value: JSON.stringify(sealed),
    key: { eventId: envelope.id, id: sealed.sealkey, key },
    event,
  };
}

/** True for an event whose data is sealed. */
export function isSealed(event: unknown): event is SealedEvent {
  return typeof event === 'object' && event !== null && 'sealkey' in event && 'data_base64' in event;
}

/** The event as it was before it was sealed. @throws SealBroken */
export function openFact(
  { sealkey: _key, sealrecovery: _wrapped, data_base64, ...envelope }: SealedEvent,
  key: Buffer,
): CloudEvent {
  try {
    const sealed = Buffer.from(data_base64, 'base64');
    const decipher = createDecipheriv(algorithm, createSecretKey(key), sealed.subarray(0, ivBytes));
    decipher.setAAD(bound(envelope));
    decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    const text = Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
    return { ...envelope, datacontenttype: 'application/json', data: JSON.parse(text.toString('utf8')) };
  } catch {
    throw new SealBroken('the seal does not open');
  }
}
