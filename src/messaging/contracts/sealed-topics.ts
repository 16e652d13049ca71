import { factTopics } from './facts.js';
import { isPersonTopic, topicNames, type FactTopicName, type PersonTopicName } from './topics.js';

/** Facts about somebody: of patients, and of staff, who may be protected too. What is told of units is no secret. */
export type SealableTopicName = PersonTopicName | typeof factTopics.practitioner;

const suffix = '.sealed';

/** True for a topic whose facts are about somebody. */
export function isSealable(topic: string): topic is SealableTopicName {
  return isPersonTopic(topic) || topic === factTopics.practitioner;
}

/** The topic on which the facts of another go sealed. A topic of its own, so that an older hub, which cannot open them, can go on reading. */
export function sealedTopic(topic: SealableTopicName): string {
  return `${topic}${suffix}`;
}

/** The topic whose facts go sealed on this one; the topic itself where it is none of those. */
export function topicOfSealed(topic: string): string {
  const plain = topic.endsWith(suffix) ? topic.slice(0, -suffix.length) : topic;
  return isSealable(plain) ? plain : topic;
}

const sealable = Object.values(factTopics).filter((topic): topic is FactTopicName & SealableTopicName =>
  isSealable(topic),
);

/** Sealed topics, by the topic whose facts go on them. */
export const sealedTopics: ReadonlyMap<SealableTopicName, string> = new Map(
  sealable.map((topic) => [topic, sealedTopic(topic)]),
);

/** Every topic that a transport has, each followed by the one on which its facts go sealed. */
export const transportTopics: readonly string[] = topicNames.flatMap((topic) =>
  isSealable(topic) ? [topic, sealedTopic(topic)] : [topic],
);
