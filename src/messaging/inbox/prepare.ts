import { createHash } from 'node:crypto';
import { canonicalJson } from '../contracts/canonical-json.js';
import type { FailureOwner } from './failure.js';
import { sendingOf } from '../contracts/sending.js';
import { isPersonTopic, isTopic } from '../contracts/topics.js';
import { validateEvent } from '../contracts/validate-event.js';
import type { SealedEvent } from '../contracts/sealed-event.js';
import { isSealable, sealedTopic } from '../contracts/sealed-topics.js';
import type { IncomingMessage } from '../transport/transport.js';
import type { OpenedMessage } from './seals.js';

/** A message as it will stand in the inbox. */
export type InboxRow = {
  readonly eventId: string;
  readonly topic: string;
  /** The person's keyed hash; null where facts need no order. */
  readonly personKey: string | null;
  readonly contentHash: string;
  readonly state: 'waiting' | 'dead';
  readonly cause: string | null;
  readonly owner: FailureOwner | null;
  /** JSON text. */
  readonly envelope: string;
};

type Received = Pick<IncomingMessage, 'topic' | 'key' | 'value' | 'headers'>;

/** The content hash of what cannot be read any more: by a hash of the content it could be guessed. */
export const unreadable = 'unreadable';

/**
 * Checks one message. What does not fit its schema becomes a dead letter that says where and which keyword; its bytes
 * are kept as base64, because they may not even be text that the database takes.
 */
export function prepare(message: OpenedMessage): InboxRow {
  const { topic, key, value, sealed } = message;
  if (sealed && message.lost) return lost(message, sealed);
  if (message.broken) return unusable(message, 'its seal does not open');
  const parsed = parse(value);
  if (parsed === undefined) return unusable(message, 'not JSON');
  if (!isTopic(topic)) return unusable(message, 'no such topic');
  const { event, faults } = validateEvent(topic, parsed);
  if (event === undefined) return unusable(message, `invalid: ${faults.join('; ')}`);
  const sending = sendingOf(message);
  const envelope = JSON.stringify({ ...event, ...(sending && { sending }) });
  if (!isStorable(envelope)) return unusable(message, 'invalid: text with NUL or half a character');
  const personal = isPersonTopic(topic);
  if (personal && !isKey(key)) return unusable(message, 'invalid: no usable message key');
  return {
    eventId: event.id,
    topic,
    personKey: personal ? key : null,
    contentHash: hash(canonicalJson({ topic, source: event.source, data: event.data })),
    state: 'waiting',
    cause: null,
    owner: null,
    // What came sealed is kept sealed.
    envelope: sealed === undefined ? envelope : JSON.stringify({ ...sealed, ...(sending && { sending }) }),
  };
}

/** The same id with other content: never silently taken, so it stands beside the first as a dead letter of its own. */
export function conflicting(row: InboxRow): InboxRow {
  return {
    ...row,
    eventId: `${row.eventId}#${row.contentHash.slice(0, 16)}`,
    state: 'dead',
    cause: 'the same event id came before with other content',
    owner: 'sender',
  };
}

/** The message that an unusable dead letter was made from; undefined for any other envelope. */
export function originalOf(topic: string, envelope: unknown): Received | undefined {
  if (typeof envelope !== 'object' || envelope === null || !('base64' in envelope)) return undefined;
  const { base64, key } = envelope as { base64: string; key?: string };
  return { topic, key: key ?? '', value: Buffer.from(base64, 'base64').toString('utf8') };
}

/** Its key is gone: where the fact was taken before, this is a repeat of it and nothing happens. */
function lost({ topic, key }: OpenedMessage, sealed: SealedEvent): InboxRow {
  return {
    eventId: sealed.id,
    topic,
    personKey: isPersonTopic(topic) && isKey(key) ? key : null,
    contentHash: unreadable,
    state: 'dead',
    cause: 'sealed, and its key is not in the database: it has to be sent again',
    owner: 'sender',
    envelope: JSON.stringify(sealed),
  };
}

const isKey = (key: string) => /^[\w-]{20,128}$/.test(key);

function unusable(message: OpenedMessage, cause: string): InboxRow {
  const { key, sealed } = message;
  const topic =
    sealed !== undefined && isSealable(message.topic) ? sealedTopic(message.topic) : message.topic;
  const value = sealed === undefined ? message.value : JSON.stringify(sealed);
  const base64 = Buffer.from(value).toString('base64');
  const contentHash = hash(JSON.stringify([topic, key, value]));
  return {
    eventId: `unusable:${contentHash}`,
    topic,
    personKey: null,
    contentHash,
    state: 'dead',
    cause,
    owner: 'sender',
    envelope: JSON.stringify({ base64, ...(/^[\w:.-]{1,128}$/.test(key) && { key }) }),
  };
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** PostgreSQL's jsonb takes neither NUL nor half a surrogate pair; `JSON.stringify` writes only those as such escapes. */
function isStorable(json: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
