import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import type {
  CatalogueLookup,
  ListingLookup,
  PersonLookup,
} from '../../../src/messaging/contracts/lookups.js';

/**
 * The lookups between processes: POST with the persons, or the HSA-id of one of the staff, in the body, never in the URL; a shared secret as bearer token.
 * 200 with `facts`, 401, 400, 413, or 503 with `code` and `retryable` of `LookupUnavailable`.
 */
export const lookupPaths = {
  persons: '/lookups/persons',
  listings: '/lookups/listings',
  staff: '/lookups/staff',
} as const;

export type LookupQuestion = { readonly persons: readonly PersonIdentifier[] };
export type StaffQuestion = { readonly practitioner: string };

/** The most persons in one question (GetPersonsForProfile takes 500). */
const mostPersons = 500;

/** What the catalogue answers about staff. */
export type StaffLookup = Pick<CatalogueLookup, 'practitioner'>;

export type Lookups = {
  readonly persons?: PersonLookup;
  readonly listings?: ListingLookup;
  readonly staff?: StaffLookup;
};

/** A question as parsed JSON; undefined when it is not one. */
export function readQuestion(value: unknown): LookupQuestion | undefined {
  if (typeof value !== 'object' || value === null || !('persons' in value)) return undefined;
  const persons = value.persons;
  if (!Array.isArray(persons) || persons.length > mostPersons) return undefined;
  return persons.every(isIdentifier) ? { persons } : undefined;
}

/** The same of a question about one of the staff. */
export function readStaffQuestion(value: unknown): StaffQuestion | undefined {
  if (typeof value !== 'object' || value === null || !('practitioner' in value)) return undefined;
  const { practitioner } = value;
  return typeof practitioner === 'string' && practitioner.length <= 64 ? { practitioner } : undefined;
}

function isIdentifier(value: unknown): value is PersonIdentifier {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('value' in value)) return false;
  const types: readonly unknown[] = ['personnummer', 'samordningsnummer', 'reserve', 'other'];
  return types.includes(value.type) && typeof value.value === 'string' && value.value.length <= 64;
}
