import type { Logger } from 'pino';
import {
  LookupUnavailable,
  type PersonFact,
  type PersonIdentifier,
  type PersonLookup,
} from '../../src/messaging/contracts/facts.js';
import type { Health } from '../frame/health.js';
import { isNational } from '../frame/identify-person.js';
import { lookupFailure } from '../frame/lookup-failure.js';
import { withSourceOf } from '../frame/recording/read-from.js';
import { SoapClient } from '../frame/soap/soap-client.js';
import type { ClientTls } from '../frame/tls.js';
import { action, mostPersons, writeQuestion, type LookupProfile } from './contract.js';
import { QuestionQueue } from './question-queue.js';
import { readAnswer, type RegisterAnswer } from './read-answer.js';

const system = 'population-register';

export type PersonLookupOptions = {
  readonly url: string;
  /** Who is asked; nationally 5565594230. */
  readonly logicalAddress: string;
  /** Default P2: name, address, registration. */
  readonly profile?: LookupProfile;
  /** Test persons (`testIndicator`) count only where this is set; elsewhere they are not found. */
  readonly development: boolean;
  readonly logger: Logger;
  readonly tls?: ClientTls;
  readonly timeoutMilliseconds?: number;
  /** Default 10, the register's own limit. */
  readonly requestsPerSecond?: number;
  readonly clock?: () => Date;
};

export type RunningPersonLookup = PersonLookup & { health(): Promise<Health>; stop(): void };

/**
 * The population register behind the lookup port (GetPersonsForProfile 5). Only well-formed personal numbers are asked about;
 * anything else is not found (PAT-1, PAT-3, PAT-4). It rejects with `LookupUnavailable` unless the register answered
 * for every person asked about.
 */
export function createPersonLookup(options: PersonLookupOptions): RunningPersonLookup {
  const clock = options.clock ?? ((): Date => new Date());
  const client = new SoapClient({
    url: options.url,
    logicalAddress: options.logicalAddress,
    profile: '2.1',
    ...(options.tls && { tls: options.tls }),
    ...(options.timeoutMilliseconds !== undefined && { timeoutMilliseconds: options.timeoutMilliseconds }),
  });
  const ask = async (numbers: readonly string[]): Promise<ReadonlyMap<string, RegisterAnswer>> => {
    const answer = await client.ask(action, writeQuestion(numbers, options.profile ?? 'P2'));
    if (answer.kind === 'fault') throw answer.fault.failure;
    return readAnswer(answer.content);
  };
  const queue = new QuestionQueue(ask, {
    requestsPerSecond: options.requestsPerSecond ?? 10,
    concurrency: 4,
    longestQueue: 5000,
  });
  let failure: string | undefined;

  return {
    async lookUp(persons) {
      if (persons.length > mostPersons) throw new LookupUnavailable(system, 'too-many-persons', false);
      const numbers = persons.filter(isNational).map((person) => person.value);
      try {
        const answers = numbers.length === 0 ? new Map<string, never>() : await queue.answers(numbers);
        failure = undefined;
        const readAt = clock().toISOString();
        return persons.map((person) =>
          toFact(person, answers.get(person.value), readAt, options.development),
        );
      } catch (error) {
        const told = lookupFailure(system, error);
        failure = told.code;
        options.logger.warn(
          { system, code: told.code, persons: persons.length },
          'the register gave no answer',
        );
        throw told;
      }
    },
    health: () =>
      Promise.resolve(
        failure === undefined
          ? { status: 'up', detail: {} }
          : {
              status: 'degraded',
              why: `the register gave no answer: ${failure}`,
              detail: { lastFailure: failure },
            },
      ),
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
