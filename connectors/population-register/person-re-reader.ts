import { factTopics, type PersonLookup } from '../../src/messaging/contracts/facts.js';
import { followRegister, type FollowOptions } from '../frame/follow-register.js';
import type { ReReader } from '../frame/re-reader.js';
import { mostPersons } from './contract.js';

/**
 * Reads every followed person again and publishes a `population.person.v1` fact for each that changed (PAT-7). At 500 persons
 * in a question, 100 000 persons are 200 questions: 20 seconds of the register's 10 a second.
 */
export function startPersonReReader(options: FollowOptions & { readonly lookup: PersonLookup }): ReReader {
  return followRegister(
    { ...options, batchSize: Math.min(options.batchSize ?? mostPersons, mostPersons) },
    {
      connector: 'population-register',
      topic: factTopics.person,
      read: (persons) => options.lookup.lookUp(persons),
    },
  );
}
