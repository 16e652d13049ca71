import type { ListingFact, PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { LookupUnavailable, type ListingLookup } from '../../src/messaging/contracts/lookups.js';
import type { Health } from '../common/health.js';
import { isNational } from '../common/identify-person.js';
import { RateLimiter } from '../common/rate-limiter.js';
import { onlyRead } from '../common/recording/only-read.js';
import { readFrom } from '../common/recording/read-from.js';
import { lookupClient, LookupRecord, type SoapLookupOptions } from '../common/soap/soap-lookup.js';
import { writeXml } from '../common/soap/xml.js';
import { action, writeQuestion } from './contract.js';
import { personNotFound, readAnswer, readListingFault } from './read-answer.js';
import { recordedElements } from './recorded-elements.js';

const system = 'listing';

/** `logicalAddress` is told in `wsa:To`; by the contract the county code of where the person is registered. */
export type ListingLookupOptions = SoapLookupOptions & {
  readonly url: string;
  /** Questions waiting or under way at most; beyond it the answer is `busy`. Default 1 000. */
  readonly longestQueue?: number;
};

export type RunningListingLookup = ListingLookup & { health(): Promise<Health>; stop(): void };

/**
 * The listing service behind the lookup port (getListing 1; ADR-1). Only well-formed personal numbers are asked about; anything
 * else has no listing. It rejects with `LookupUnavailable` when the service did not answer.
 */
export function createListingLookup(options: ListingLookupOptions): RunningListingLookup {
  const clock = options.clock ?? ((): Date => new Date());
  const ending = new AbortController();
  // The contract states no limit; a region's service may.
  const limiter = new RateLimiter(options.requestsPerSecond ?? 50);
  const client = lookupClient(options, {
    url: options.url,
    profile: '2.0',
    largestAnswerBytes: 1024 * 1024,
  });
  const record = new LookupRecord(system, 'the listing service', options);
  let underway = 0;

  const ask = async (person: PersonIdentifier): Promise<ListingFact> => {
    await limiter.turn(ending.signal);
    if (ending.signal.aborted) throw new LookupUnavailable(system, 'stopped', true);
    const answer = await client.ask(action, writeQuestion(person.value));
    const listings =
      answer.kind === 'fault' ? readListingFault(answer.fault) : readAnswer(answer.content, person.value);
    const content = answer.kind === 'fault' ? personNotFound : answer.content;
    // Nobody is asked about here who is known to be protected.
    return readFrom({ person, listings, readAt: clock().toISOString() }, () =>
      writeXml(onlyRead(content, recordedElements)),
    );
  };

  return {
    async lookUp(person) {
      if (!isNational(person)) return { person, listings: [], readAt: clock().toISOString() };
      if (underway >= (options.longestQueue ?? 1000)) throw new LookupUnavailable(system, 'busy', true);
      underway += 1;
      try {
        return await record.keep(() => ask(person));
      } finally {
        underway -= 1;
      }
    },
    health: () => record.health({ underway }),
    stop() {
      ending.abort();
      client.close();
    },
  };
}
