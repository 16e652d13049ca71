import { caseTopic } from './facts.js';
import { transportTopics } from './sealed-topics.js';
import { topicNames, type TopicName } from './topics.js';

/** One line of the brokers' access control: who may do what with a resource. */
export type AccessRule = {
  /** As the brokers know it, e.g. `User:hemgang`. */
  readonly principal: string;
  readonly resource: 'topic' | 'group';
  readonly name: string;
  /** A name, or what names begin with. */
  readonly pattern: 'literal' | 'prefixed';
  readonly operations: readonly ('Read' | 'Write' | 'Create' | 'Describe' | 'DescribeConfigs')[];
};

/** A follower: its principal, and what the names of its consumer groups begin with, so that it reads in nobody else's place. */
export type Follower = { readonly principal: string; readonly groups: string };

/** Who reads a topic: facts and the heads of the trail are the hub's alone (promise 7); events of cases are for followers too. */
export const readersOf = (topic: TopicName): 'hub' | 'hub and followers' =>
  topic === caseTopic ? 'hub and followers' : 'hub';

/** What the names of the hub's own consumer groups begin with: the workers', and that of a check of the trail. */
const hubGroups = ['hub', 'verify-audit-'];

/** The access control that a cluster needs; what it does not name is denied (`allow.everyone.if.no.acl.found=false`). */
export function accessRules(hub: string, followers: readonly Follower[]): AccessRule[] {
  const shared = topicNames.filter((topic) => readersOf(topic) === 'hub and followers');
  return [
    ...transportTopics.map((name): AccessRule => ({
      principal: hub,
      resource: 'topic',
      name,
      pattern: 'literal',
      operations: ['Read', 'Write', 'Create', 'Describe', 'DescribeConfigs'],
    })),
    ...hubGroups.map((name): AccessRule => ({
      principal: hub,
      resource: 'group',
      name,
      pattern: 'prefixed',
      operations: ['Read', 'Describe'],
    })),
    ...followers.flatMap(({ principal, groups }): AccessRule[] => [
      ...shared.map((name): AccessRule => ({
        principal,
        resource: 'topic',
        name,
        pattern: 'literal',
        operations: ['Read', 'Describe'],
      })),
      { principal, resource: 'group', name: groups, pattern: 'prefixed', operations: ['Read', 'Describe'] },
    ]),
  ];
}

/** A rule as the arguments of Apache Kafka's own `kafka-acls.sh`. */
export function asKafkaAcls({ principal, resource, name, pattern, operations }: AccessRule): string {
  const allowed = operations.map((operation) => `--operation ${operation}`).join(' ');
  return `--add --allow-principal ${principal} ${allowed} --${resource} ${name} --resource-pattern-type ${pattern}`;
}
