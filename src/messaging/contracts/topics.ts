import { auditTopic, caseTopic, factTopics } from './facts.js';
import type { Payload } from './payloads/common.js';
import type { payloads } from './payloads/payloads.js';

/** What each topic carries. */
export type TopicData = {
  readonly [Topic in keyof typeof payloads]: Payload<(typeof payloads)[Topic]>;
};

/** The name of a topic. */
export type TopicName = keyof TopicData;

/** The topics that feed the inbox. */
export type FactTopicName = Exclude<TopicName, typeof caseTopic | typeof auditTopic>;

/** Facts of the catalogue; their message key is the HSA-id. */
export type CatalogueTopicName = typeof factTopics.unit | typeof factTopics.practitioner;

/** Facts about one person; their message key is the person's keyed hash and the envelope names its key (`keyid`). */
export type PersonTopicName = Exclude<FactTopicName, CatalogueTopicName>;

export const factTopicNames: readonly FactTopicName[] = Object.values(factTopics);
export const topicNames: readonly TopicName[] = [...factTopicNames, caseTopic, auditTopic];

const personTopics: readonly string[] = [
  factTopics.stay,
  factTopics.identity,
  factTopics.carePlan,
  factTopics.person,
  factTopics.listing,
];

/** True for a topic whose facts are about one person. */
export function isPersonTopic(topic: string): topic is PersonTopicName {
  return personTopics.includes(topic);
}

/** True for a topic of this hub. */
export function isTopic(topic: string): topic is TopicName {
  return (topicNames as readonly string[]).includes(topic);
}

/** The largest message, key and headers not counted, in bytes. Documents never travel on topics. */
export const maximumMessageBytes = 4 * 1024 * 1024;

const day = 24 * 60 * 60 * 1000;
const kept: Readonly<Record<string, number>> = { [caseTopic]: 30 * day, [auditTopic]: 3653 * day };

/**
 * How long a message stays on its topic, in milliseconds. Facts carry personal data and are needed only until the inbox
 * has them; case events carry none, and a follower that was away for some weeks should still find them. Heads of the trail
 * are to be found for as long as the trail is kept, twice the five years of ACC-5.
 */
export function retentionOf(topic: string): number {
  return kept[topic] ?? 7 * day;
}

/** True for a topic that keeps its own time, because it carries nothing about anybody. */
export function keepsOwnTime(topic: string): boolean {
  return kept[topic] !== undefined;
}
