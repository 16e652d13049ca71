import type { ListingFact, PersonFact, PersonIdentifier, PractitionerFact, UnitFact } from './facts.js';

/** The lookups that register connectors offer, in process or over HTTP (design, section 5). */
export interface PersonLookup {
  /** Up to 500 at a time; answers in the order asked. Rejects with `LookupUnavailable` when the register cannot answer. */
  lookUp(persons: readonly PersonIdentifier[]): Promise<readonly PersonFact[]>;
}

export interface ListingLookup {
  lookUp(person: PersonIdentifier): Promise<ListingFact>;
}

export interface CatalogueLookup {
  unit(hsaId: string): Promise<UnitFact>;
  practitioner(hsaId: string): Promise<PractitionerFact>;
}

/** The id that facts about one of the staff have at their connector; what was recorded of them is found by it. */
export const practitionerMessageId = (hsaId: string): string => `practitioner:${hsaId}`;

/** The register behind a lookup did not answer. `retryable` false: asking again will not help (our fault, e.g. VP007). */
export class LookupUnavailable extends Error {
  override readonly name = 'LookupUnavailable';
  constructor(
    readonly system: string,
    readonly code: string,
    readonly retryable: boolean,
  ) {
    super(`${system} did not answer: ${code}`);
  }
}
