import { factTopics, type PersonFact, type PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { LookupUnavailable, type PersonLookup } from '../../src/messaging/contracts/lookups.js';
import {
  followRegister,
  tellPerson,
  type Answered,
  type FollowPersonsOptions,
} from '../common/follow-register.js';
import type { ReReader } from '../common/re-reader.js';
import { mostPersons } from './contract.js';

/**
 * Reads every followed person again and publishes a `population.person.v1` fact for each that changed (PAT-7). At 500 persons
 * in a question, 100 000 persons are 200 questions: 20 seconds of the register's 10 a second.
 */
export function startPersonReReader(
  options: FollowPersonsOptions & { readonly lookup: PersonLookup },
): ReReader {
  return followRegister(
    { ...options, batchSize: Math.min(options.batchSize ?? mostPersons, mostPersons) },
    {
      connector: 'population-register',
      tell: tellPerson(options.personKeys, factTopics.person),
      read: (persons) => readAround(options.lookup, persons),
    },
  );
}

/** Failures that one person in a question may be the cause of; when a register is down or refuses us, all are. */
const ofOnePerson: ReadonlySet<string> = new Set([
  'partial',
  'two-answers',
  'wrong-person',
  'soap-fault',
  'VP015',
]);
/** Halving 500 down to one person fails nine times: room for two such persons in a question, and no storm of questions. */
const mostFailures = 20;

/** Asks about many; where that fails for somebody among them, about the halves, so that nobody else goes without. */
async function readAround(
  lookup: PersonLookup,
  persons: readonly PersonIdentifier[],
): Promise<Answered<PersonFact>> {
  const facts: PersonFact[] = [];
  const waiting = [persons];
  let failures = 0;
  let unread = 0;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    try {
      facts.push(...(await lookup.lookUp(part)));
    } catch (error) {
      failures += 1;
      const divisible = part.length > 1 && error instanceof LookupUnavailable && ofOnePerson.has(error.code);
      if (divisible && failures < mostFailures) {
        const middle = Math.ceil(part.length / 2);
        waiting.push(part.slice(0, middle), part.slice(middle));
      } else if (facts.length === 0 && waiting.length === 0) throw error;
      else unread += part.length;
    }
  }
  return { facts, failed: unread };
}
