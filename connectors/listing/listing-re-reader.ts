import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { ListingLookup } from '../../src/messaging/contracts/lookups.js';
import {
  followRegister,
  readEach,
  tellPerson,
  type FollowPersonsOptions,
} from '../common/follow-register.js';
import type { ReReader } from '../common/re-reader.js';

const defaultBatchSize = 20;

/**
 * Reads every followed person's listings again and publishes a `listing.listing.v1` fact for each that changed (ADR-7). The contract
 * asks about one person at a time: at 50 questions a second, 100 000 persons take 34 minutes, so a round that large takes longer
 * than the interval and the next begins when it ends.
 */
export function startListingReReader(
  options: FollowPersonsOptions & { readonly lookup: ListingLookup },
): ReReader {
  return followRegister(
    { ...options, batchSize: options.batchSize ?? defaultBatchSize },
    {
      connector: 'listing',
      tell: tellPerson(options.personKeys, factTopics.listing),
      read: (persons) => readEach(persons, (person) => options.lookup.lookUp(person)),
    },
  );
}
