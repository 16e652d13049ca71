import type { Logger } from 'pino';
import { LookupUnavailable, type ListingLookup } from '../../src/messaging/contracts/facts.js';
import type { Health } from '../frame/health.js';
import { isNational } from '../frame/identify-person.js';
import { lookupFailure } from '../frame/lookup-failure.js';
import { RateLimiter } from '../frame/rate-limiter.js';
import { readFrom } from '../frame/recording/read-from.js';
import { SoapClient } from '../frame/soap/soap-client.js';
import { writeXml } from '../frame/soap/xml.js';
import type { ClientTls } from '../frame/tls.js';
import { action, writeQuestion } from './contract.js';
import { personNotFound, readAnswer, readListingFault } from './read-answer.js';

const system = 'listing';

export type ListingLookupOptions = {
  readonly url: string;
  /** Who is asked, in `wsa:To`; by the contract the county code of where the person is registered. */
  readonly logicalAddress: string;
  readonly logger: Logger;
  readonly tls?: ClientTls;
  readonly timeoutMilliseconds?: number;
  /** Default 50. The contract states no limit; a region's service may. */
  readonly requestsPerSecond?: number;
  /** Questions waiting or under way at most; beyond it the answer is `busy`. Default 1 000. */
  readonly longestQueue?: number;
  readonly clock?: () => Date;
};

export type RunningListingLookup = ListingLookup & { health(): Promise<Health>; stop(): void };

/**
 * The listing service behind the lookup port (getListing 1; ADR-1). Only well-formed personal numbers are asked about; anything
 * else has no listing. It rejects with `LookupUnavailable` when the service did not answer.
 */
export function createListingLookup(options: ListingLookupOptions): RunningListingLookup {
  const clock = options.clock ?? ((): Date => new Date());
  const ending = new AbortController();
  const limiter = new RateLimiter(options.requestsPerSecond ?? 50);
  const client = new SoapClient({
    url: options.url,
    logicalAddress: options.logicalAddress,
    profile: '2.0',
    largestAnswerBytes: 1024 * 1024,
    ...(options.tls && { tls: options.tls }),
    ...(options.timeoutMilliseconds !== undefined && { timeoutMilliseconds: options.timeoutMilliseconds }),
  });
  let underway = 0;
  let failure: string | undefined;

  return {
    async lookUp(person) {
      if (!isNational(person)) return { person, listings: [], readAt: clock().toISOString() };
      if (underway >= (options.longestQueue ?? 1000)) throw new LookupUnavailable(system, 'busy', true);
      underway += 1;
      try {
        await limiter.turn(ending.signal);
        if (ending.signal.aborted) throw new LookupUnavailable(system, 'stopped', true);
        const answer = await client.ask(action, writeQuestion(person.value));
        const listings =
          answer.kind === 'fault' ? readListingFault(answer.fault) : readAnswer(answer.content, person.value);
        failure = undefined;
        const content = answer.kind === 'fault' ? personNotFound : answer.content;
        // Nobody is asked about here who is known to be protected.
        return readFrom({ person, listings, readAt: clock().toISOString() }, () => writeXml(content));
      } catch (error) {
        const told = lookupFailure(system, error);
        failure = told.code;
        options.logger.warn({ system, code: told.code }, 'the listing service gave no answer');
        throw told;
      } finally {
        underway -= 1;
      }
    },
    health: () =>
      Promise.resolve(
        failure === undefined
          ? { status: 'up', detail: { underway } }
          : {
              status: 'degraded',
              why: `the listing service gave no answer: ${failure}`,
              detail: { underway, lastFailure: failure },
            },
      ),
    stop() {
      ending.abort();
      client.close();
    },
  };
}
