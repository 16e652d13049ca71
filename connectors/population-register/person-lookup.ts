import type { PersonFact, PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { LookupUnavailable, type PersonLookup } from '../../src/messaging/contracts/lookups.js';
import type { Health } from '../common/health.js';
import { isNational } from '../common/identify-person.js';
import { withSourceOf } from '../common/recording/read-from.js';
import { lookupClient, LookupRecord, type SoapLookupOptions } from '../common/soap/soap-lookup.js';
import { action, mostPersons, writeQuestion, type LookupProfile } from './contract.js';
import { QuestionQueue } from './question-queue.js';
import { readAnswer, type RegisterAnswer } from './read-answer.js';

const system = 'population-register';

export type PersonLookupOptions = SoapLookupOptions & {
  readonly url: string;
  /** Default P2: name, address, registration. */
  readonly profile?: LookupProfile;
  /** Test persons (`testIndicator`) count only where this is set; elsewhere they are not found. */
  readonly development: boolean;
};

export type RunningPersonLookup = PersonLookup & { health(): Promise<Health>; stop(): void };

/**
 * The population register behind the lookup port (GetPersonsForProfile 5). Only well-formed personal numbers are asked about;
 * anything else is not found (PAT-1, PAT-3, PAT-4). It rejects with `LookupUnavailable` unless the register answered
 * for every person asked about.
 */
export function createPersonLookup(options: PersonLookupOptions): RunningPersonLookup {
  const clock = options.clock ?? ((): Date => new Date());
  const client = lookupClient(options, { url: options.url, profile: '2.1' });
  const record = new LookupRecord(system, 'the register', options);
  const ask = async (numbers: readonly string[]): Promise<ReadonlyMap<string, RegisterAnswer>> => {
    const answer = await client.ask(action, writeQuestion(numbers, options.profile ?? 'P2'));
    if (answer.kind === 'fault') throw answer.fault.failure;
    return readAnswer(answer.content);
  };
  const queue = new QuestionQueue(ask, {
    // The register's own limit.
    requestsPerSecond: options.requestsPerSecond ?? 10,
    concurrency: 4,
    longestQueue: 5000,
  });

  return {
    async lookUp(persons) {
      if (persons.length > mostPersons) throw new LookupUnavailable(system, 'too-many-persons', false);
      const numbers = persons.filter(isNational).map((person) => person.value);
      const answers = await record.keep(
        async () => (numbers.length === 0 ? new Map<string, never>() : queue.answers(numbers)),
        { persons: persons.length },
      );
      const readAt = clock().toISOString();
      return persons.map((person) => toFact(person, answers.get(person.value), readAt, options.development));
    },
    health: () => record.health(),
    stop() {
      queue.stop();
      client.close();
    },
  };
}

function toFact(
  person: PersonIdentifier,
  answer: RegisterAnswer | undefined,
  readAt: string,
  development: boolean,
): PersonFact {
  // "testIndicator = true in production must be thrown away" (service description 5.1).
  const usable = answer !== undefined && answer !== 'unknown' && (development || answer.testPerson !== true);
  return usable
    ? withSourceOf({ person, found: true, record: answer, readAt }, answer)
    : { person, found: false, readAt };
}
