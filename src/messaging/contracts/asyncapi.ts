import { auditTopic, caseTopic, factTopics } from './facts.js';
import { eventSchema } from './event-schema.js';
import { sealedEventSchema } from './sealed-schema.js';
import { isSealable, sealedTopic } from './sealed-topics.js';
import { readersOf } from './topic-access.js';
import { isPersonTopic, retentionOf, topicNames, type TopicName } from './topics.js';

const purposes: Readonly<Record<TopicName, string>> = {
  'journal.stay.v1':
    'A journal system tells of admission, change of ward, other changes, discharge, and what of it is cancelled.',
  'journal.identity.v1': 'A journal system tells that identities it kept apart are one person.',
  'journal.care-plan.v1':
    'A journal system tells of a care plan, for background: its kind and period, not what it says.',
  'population.person.v1': 'The population register was read for one person.',
  'listing.listing.v1': 'The listing service was read for one person.',
  'directory.unit.v1': 'The catalogue was read for one unit.',
  'directory.practitioner.v1': 'The catalogue was read for one of the staff.',
  'case.event.v1': 'Something happened in a case that the named units take part in.',
  'audit.head.v1':
    'How far the trail of accesses goes, sealed, so that a trail cut short in the database is noticed.',
};

const sealedNote =
  'Sealed: the key of each message is in the database of the hub, and goes when nothing may be kept of the person. This is what connectors of the hub send; the topic without `.sealed` is read too, from those that cannot seal.';

const day = 24 * 60 * 60 * 1000;

/** The address is each region's own. Production reaches the brokers over TLS, as `KAFKA_TLS` and `KAFKA_SASL_*` say. */
const servers = {
  cluster: {
    host: '{brokers}',
    protocol: 'kafka-secure',
    description:
      'The Kafka cluster of the region. Every client logs in; access rules of the brokers let followers read case.event.v1 and nothing else (docs/topics.md).',
    variables: { brokers: { description: 'host:port of the brokers, told by the region.' } },
    security: ['scramSha512', 'scramSha256', 'certificate'].map((name) => ({
      $ref: `#/components/securitySchemes/${name}`,
    })),
  },
};

const securitySchemes = {
  scramSha512: { type: 'scramSha512', description: 'SASL SCRAM-SHA-512 over TLS.' },
  scramSha256: { type: 'scramSha256', description: 'SASL SCRAM-SHA-256 over TLS.' },
  certificate: { type: 'X509', description: 'A client certificate (mutual TLS).' },
};

/**
 * The AsyncAPI 3.0 document of every topic, made from the same schemas the code checks with; `docs/asyncapi.yaml` is its text.
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApi(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Hemgång topics',
      version: '1.0.0',
      description:
        'Facts in, case events out. CloudEvents 1.0, structured mode, JSON. At least once; ordered for each message key. The version is part of the name of a topic; a payload that changes its meaning gets a new topic.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers,
    channels: byAddress(({ topic, address, sealed }) => ({
      address,
      servers: [{ $ref: '#/servers/cluster' }],
      title: address,
      description: sealed ? `${purposes[topic]} ${sealedNote}` : purposes[topic],
      messages: { [messageName(address)]: { $ref: `#/components/messages/${messageName(address)}` } },
      bindings: {
        kafka: {
          topic: address,
          topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': retentionOf(topic) },
          bindingVersion: '0.5.0',
        },
      },
      'x-retention-days': retentionOf(topic) / day,
      'x-readers': readersOf(topic),
    })),
    operations: byAddress(({ topic, address }) => ({
      action: topic === caseTopic || topic === auditTopic ? 'send' : 'receive',
      channel: { $ref: `#/channels/${channelName(address)}` },
      summary: purposes[topic],
      messages: [{ $ref: `#/channels/${channelName(address)}/messages/${messageName(address)}` }],
    })),
    components: {
      securitySchemes,
      messages: Object.fromEntries(addresses.map((each) => [messageName(each.address), message(each)])),
    },
  };
}

function message({ topic, address, sealed }: Address): object {
  return {
    name: address,
    title: address,
    summary: purposes[topic],
    contentType: 'application/cloudevents+json',
    payload: {
      schemaFormat: 'application/schema+json;version=draft-2020-12',
      schema: sealed && isSealable(topic) ? sealedEventSchema(topic) : eventSchema(topic),
    },
    bindings: {
      kafka: { key: { type: 'string', description: keyDescription(topic) }, bindingVersion: '0.5.0' },
    },
  };
}

function keyDescription(topic: TopicName): string {
  if (isPersonTopic(topic)) {
    return 'Keyed hash (HMAC-SHA256) of the identifier of the person, base64url. Orders the facts of a person; never an identifier.';
  }
  if (topic === factTopics.practitioner) return 'HSA-id of the person.';
  if (topic === auditTopic) return 'One and the same for all.';
  return topic === caseTopic ? 'Id of the case.' : 'HSA-id of the unit.';
}

type Address = { readonly topic: TopicName; readonly address: string; readonly sealed: boolean };

/** Every topic there is, each followed by the one on which its facts go sealed. */
const addresses: readonly Address[] = topicNames.flatMap((topic) => [
  { topic, address: topic, sealed: false },
  ...(isSealable(topic) ? [{ topic, address: sealedTopic(topic), sealed: true }] : []),
]);

function byAddress(describe: (address: Address) => object): object {
  return Object.fromEntries(addresses.map((each) => [channelName(each.address), describe(each)]));
}

/** `journal.stay.v1` as `journalStayV1`: the names of channels and operations may have no dot. */
function channelName(topic: string): string {
  return topic.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase());
}

function messageName(topic: string): string {
  return `${channelName(topic)}Event`;
}
