import type { CloudEvent } from './cloud-event.js';
import {
  auditTopic,
  caseTopic,
  type AuditHeadEvent,
  type CaseEvent,
  type PersonIdentifier,
} from './facts.js';
import { eventId } from './event-id.js';
import { keyedId, personKey, type PersonKeySecret } from './person-key.js';
import { looksLikePersonalNumber } from './personal-number-shape.js';
import { dataSchemaName } from './event-schema.js';
import { withoutNumbers } from './payloads/free-texts.js';
import type { CatalogueTopicName, FactTopicName, PersonTopicName, TopicData, TopicName } from './topics.js';
import { validateEvent } from './validate-event.js';

/** A message as a transport takes it. */
export type EventMessage = {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** The event does not fit its topic's schema: our own fault, so it is told before anything is sent. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
  constructor(
    readonly topic: string,
    readonly faults: readonly string[],
  ) {
    super(`not an event of ${topic}: ${faults.join('; ')}`);
  }
}

export type FactOptions<Data> = {
  /** e.g. `urn:hemgang:connector:melior:<sender>`. Never anything about a person. */
  readonly source: string;
  /** The source's own id, e.g. sender and control id. The same parts give the same event id. */
  readonly id: readonly string[];
  /** When it happened at the source, UTC. */
  readonly time: string;
  readonly data: Data;
  /** The name of the secret that made the message key; needed on topics about persons. */
  readonly keyId?: string;
  readonly correlationId?: string;
};

/**
 * A fact as a CloudEvent, checked against its schema; no free text of it holds a personal number.
 * @throws InvalidEvent naming paths and keywords, never values.
 */
export function factEvent<Topic extends FactTopicName>(
  topic: Topic,
  options: FactOptions<TopicData[Topic]>,
): CloudEvent<TopicData[Topic]> {
  return build(topic, {
    id: eventId(topic, options.source, options.id),
    source: options.source,
    time: options.time,
    data: withoutNumbers(topic, options.data),
    ...(options.keyId !== undefined && { keyid: options.keyId }),
    ...(options.correlationId !== undefined && { correlationid: options.correlationId }),
  });
}

/**
 * A fact about a person, ready to be appended: keyed by the keyed hash of the person's number.
 * @throws InvalidEvent naming paths and keywords, never values.
 */
export function personFactMessage<Topic extends PersonTopicName>(
  secret: PersonKeySecret,
  topic: Topic,
  options: Omit<FactOptions<TopicData[Topic]>, 'keyId'>,
): EventMessage {
  const event = factEvent(topic, { ...options, id: [keyedId(secret, options.id)], keyId: secret.keyId });
  const data: { readonly person: PersonIdentifier } = options.data;
  return eventMessage(personKey(secret, data.person), event);
}

/**
 * A fact of the catalogue, ready to be appended: keyed by the HSA-id it is about.
 * @throws InvalidEvent naming paths and keywords, never values.
 */
export function catalogueFactMessage<Topic extends CatalogueTopicName>(
  topic: Topic,
  hsaId: string,
  options: Omit<FactOptions<TopicData[Topic]>, 'keyId'>,
): EventMessage {
  return eventMessage(hsaId, factEvent(topic, options));
}

/** A case event as a CloudEvent; `id` is the id of the logged event, so a repeat is the same event. */
export function caseEvent(options: { readonly id: string; readonly data: CaseEvent }): CloudEvent<CaseEvent> {
  return build(caseTopic, {
    id: options.id,
    source: 'urn:hemgang:hub',
    time: options.data.occurredAt,
    data: options.data,
  });
}

/** A head of the trail, ready to be appended; all have one key, so that they stand in one partition and in order. */
export function auditHeadMessage(head: AuditHeadEvent): EventMessage {
  const event = build(auditTopic, {
    id: `${head.chain}:${head.number}`,
    source: 'urn:hemgang:hub',
    time: head.recordedAt,
    data: head,
  });
  return eventMessage('audit', event);
}

/** A CloudEvent in structured mode (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md). */
export function eventMessage(key: string, event: CloudEvent): EventMessage {
  return {
    key,
    value: JSON.stringify(event),
    headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
  };
}

type Varying<Data> = Pick<CloudEvent<Data>, 'id' | 'source' | 'time' | 'data' | 'keyid' | 'correlationid'>;

function build<Topic extends TopicName>(
  topic: Topic,
  varying: Varying<TopicData[Topic]>,
): CloudEvent<TopicData[Topic]> {
  if (!isHarmless(varying.source))
    throw new InvalidEvent(topic, ['/source holds what looks like a personal number']);
  const candidate: CloudEvent<TopicData[Topic]> = {
    specversion: '1.0',
    type: topic,
    datacontenttype: 'application/json',
    dataschema: dataSchemaName(topic),
    ...varying,
  };
  const { event, faults } = validateEvent(topic, candidate);
  if (event === undefined) throw new InvalidEvent(topic, faults);
  return event;
}

/** Sources that were checked already: there are few, and each comes again and again. */
const harmless = new Set<string>();
const mostSources = 1_000;

/** The schema knows the plain form of a personal number alone; a sender's name may hold any other, percent-encoded. */
function isHarmless(source: string): boolean {
  if (harmless.has(source)) return true;
  if (looksLikePersonalNumber(decoded(source))) return false;
  if (harmless.size >= mostSources) harmless.clear();
  harmless.add(source);
  return true;
}

/** The source without its percent-encoding; as it stands where that was cut off half-way. */
function decoded(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source.replaceAll(/%[0-9A-F]{0,2}/gi, ' ');
  }
}
