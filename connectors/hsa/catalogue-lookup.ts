import type { PractitionerFact, UnitFact } from '../../src/messaging/contracts/facts.js';
import { LookupUnavailable, type CatalogueLookup } from '../../src/messaging/contracts/lookups.js';
import type { Health } from '../common/health.js';
import { RateLimiter } from '../common/rate-limiter.js';
import { readFrom } from '../common/recording/read-from.js';
import type { SoapClient } from '../common/soap/soap-client.js';
import { lookupClient, LookupRecord, type SoapLookupOptions } from '../common/soap/soap-lookup.js';
import type { XmlElement } from '../common/soap/xml.js';
import {
  contracts,
  hsaIdPattern,
  writeCredentialsQuestion,
  writeHealthCareUnitQuestion,
  writeUnitQuestion,
} from './contract.js';
import { readCredentials } from './read-credentials.js';
import { readHealthCareUnit, readUnit } from './read-unit.js';
import { recordedAnswers } from './recorded.js';

const system = 'hsa';

type ContractName = keyof typeof contracts;

export type CatalogueLookupOptions = SoapLookupOptions & {
  /** Where each contract answers; on the national platform each has an address of its own. */
  readonly urls: Readonly<Record<ContractName, string>>;
  /** Test units and test staff (`feigned…`) count only where this is set; elsewhere they are not known. */
  readonly development: boolean;
};

export type RunningCatalogueLookup = CatalogueLookup & { health(): Promise<Health>; stop(): void };

/**
 * The catalogue behind the lookup port: units (GetUnit 5 and GetHealthCareUnit 2) and staff
 * (GetCredentialsForPersonIncludingProtectedPerson 2). What has not the form of an HSA-id is not known, without a question. It
 * rejects with `LookupUnavailable` when the catalogue did not answer.
 */
export function createCatalogueLookup(options: CatalogueLookupOptions): RunningCatalogueLookup {
  const clock = options.clock ?? ((): Date => new Date());
  const ending = new AbortController();
  // For the three contracts together.
  const limiter = new RateLimiter(options.requestsPerSecond ?? 10);
  const record = new LookupRecord(system, 'the catalogue', options);
  const clientFor = (url: string): SoapClient =>
    lookupClient(options, { url, profile: '2.1', largestAnswerBytes: 1024 * 1024 });
  const clients: Readonly<Record<ContractName, SoapClient>> = {
    unit: clientFor(options.urls.unit),
    healthCareUnit: clientFor(options.urls.healthCareUnit),
    credentials: clientFor(options.urls.credentials),
  };

  const ask = <Read>(
    contract: ContractName,
    question: string,
    read: (content: XmlElement) => Read,
  ): Promise<Read> =>
    record.keep(
      async () => {
        await limiter.turn(ending.signal);
        if (ending.signal.aborted) throw new LookupUnavailable(system, 'stopped', true);
        const answer = await clients[contract].ask(contracts[contract].action, question);
        if (answer.kind === 'fault') throw answer.fault.failure;
        return read(answer.content);
      },
      { contract },
    );

  const { development, logger } = options;
  const unreadable = (): void => {
    logger.warn({ connector: system }, 'an assignment of one of the staff cannot be read: it gives nothing');
  };
  const readAt = (): string => clock().toISOString();

  return {
    async unit(hsaId): Promise<UnitFact> {
      if (!hsaIdPattern.test(hsaId)) return { unit: hsaId, found: false, readAt: readAt() };
      const question = { hsaId, feigned: development };
      const contents: XmlElement[] = [];
      const source = (): string => recordedAnswers(contents);
      const unit = await ask('unit', writeUnitQuestion(question), (content) => {
        contents.push(content);
        return readUnit(content, hsaId, development);
      });
      if (unit === undefined) return readFrom({ unit: hsaId, found: false, readAt: readAt() }, source);
      const belongs = await ask('healthCareUnit', writeHealthCareUnitQuestion(question), (content) => {
        contents.push(content);
        return readHealthCareUnit(content, hsaId);
      });
      return readFrom({ unit: hsaId, found: true, ...unit, ...belongs, readAt: readAt() }, source);
    },
    async practitioner(hsaId): Promise<PractitionerFact> {
      if (!hsaIdPattern.test(hsaId)) throw new LookupUnavailable(system, 'not-an-hsa-id', false);
      const question = writeCredentialsQuestion({ hsaId, feigned: development });
      const { person, source } = await ask('credentials', question, (content) => ({
        person: readCredentials(content, hsaId, development, unreadable),
        source: () => recordedAnswers([content]),
      }));
      if (person === undefined) return { practitioner: hsaId, found: false, readAt: readAt() };
      const fact = { practitioner: hsaId, found: true, ...person, readAt: readAt() };
      // Of staff who are or may be protected nothing is recorded.
      return person.protectedPerson === false ? readFrom(fact, source) : fact;
    },
    health: () => record.health(),
    stop() {
      ending.abort();
      for (const client of Object.values(clients)) client.close();
    },
  };
}
