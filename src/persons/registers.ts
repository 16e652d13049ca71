import type { Sql } from '../log/log.js';
import type { Listing, PersonIdentifier, RegisterRecord } from '../messaging/contracts/facts.js';
import type { ListingLookup, PersonLookup } from '../messaging/contracts/lookups.js';
import type { Uuid } from '../process/vocabulary.js';
import { identityHash } from './identity-hash.js';
import { cachedReading, findPersons } from './person-store.js';
import { protection } from './protection.js';
import type { Reading } from './record-reading.js';

/** Settings of the lookups. */
export type RegisterSettings = {
  /** The key of `identityHash`. */
  readonly identitySecret: string;
  /** How old a reading may be to be used again without asking, in milliseconds. 0: always ask. */
  readonly maxAgeMilliseconds: number;
  /** Persons that the register marks as test persons are thrown away unless this is set (development only). */
  readonly allowTestPersons: boolean;
};

/**
 * What the population register says about a number. `not-found` covers test persons where those are thrown away.
 * `protected` covers unknown protection, and carries nothing else (PAT-5).
 */
export type PersonReading =
  | {
      readonly outcome: 'found';
      readonly record: RegisterRecord;
      readonly reading: Reading['population'];
      /** Who held the number that was asked for, where the hub knew already. */
      readonly holder?: Uuid;
    }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'protected'; readonly reading: NonNullable<Reading['population']> };

export type ListingReading = { readonly listings: readonly Listing[]; readonly reading: Reading['listing'] };

/**
 * The registers as the hub asks them: through a cache of what it knows already. All methods run outside transactions,
 * since a lookup may take seconds, and reject with `LookupUnavailable` when the register does not answer.
 */
export class Registers {
  constructor(
    private readonly sql: Sql,
    private readonly persons: PersonLookup,
    private readonly listing: ListingLookup,
    private readonly settings: RegisterSettings,
    private readonly now: () => Date,
  ) {}

  hash(identifier: PersonIdentifier): string {
    return identityHash(this.settings.identitySecret, identifier);
  }

  /** False for a test person where those are thrown away. */
  accepts(record: RegisterRecord): boolean {
    return record.testPerson !== true || this.settings.allowTestPersons;
  }

  /** Whether the hub knows a person by any of these numbers. */
  async knows(identifiers: readonly PersonIdentifier[]): Promise<boolean> {
    return (await this.holders(identifiers.map((each) => this.hash(each)))).size > 0;
  }

  /** The persons known by the numbers with these hashes. */
  async holders(hashes: readonly string[]): Promise<ReadonlyMap<string, Uuid>> {
    return findPersons(this.sql, hashes);
  }

  /** @param fresh true: asks the register, however lately it was asked */
  async person(identifier: PersonIdentifier, fresh = false): Promise<PersonReading> {
    const cached = fresh ? undefined : await this.cached(identifier, 'population');
    if (cached !== undefined)
      return { outcome: 'found', record: cached.record, reading: undefined, holder: cached.personId };
    const [fact] = await this.persons.lookUp([identifier]);
    if (fact?.record === undefined || !fact.found || !this.accepts(fact.record)) {
      return { outcome: 'not-found' };
    }
    const reading = { record: fact.record, readAt: fact.readAt };
    return protection(fact.record) === 'none'
      ? { outcome: 'found', record: fact.record, reading }
      : { outcome: 'protected', reading };
  }

  /** Never asked for a person who is, or may be, protected. */
  async listings(identifier: PersonIdentifier): Promise<ListingReading> {
    const cached = await this.cached(identifier, 'listing');
    if (cached?.listing != null) return { listings: cached.listing, reading: undefined };
    const fact = await this.listing.lookUp(identifier);
    return { listings: fact.listings, reading: { listings: fact.listings, readAt: fact.readAt } };
  }

  private async cached(
    identifier: PersonIdentifier,
    register: 'population' | 'listing',
  ): Promise<{ record: RegisterRecord; listing: readonly Listing[] | null; personId: Uuid } | undefined> {
    const copy = await cachedReading(this.sql, this.hash(identifier), register);
    if (copy === undefined || copy.record === null) return undefined;
    const age = this.now().getTime() - copy.readAt.getTime();
    return age > this.settings.maxAgeMilliseconds
      ? undefined
      : { record: copy.record, listing: copy.listing, personId: copy.personId };
  }
}
