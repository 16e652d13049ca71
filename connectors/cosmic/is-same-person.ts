import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';

/** By kind and value. */
export function isSamePerson(one: PersonIdentifier, other: PersonIdentifier): boolean {
  return one.type === other.type && one.value === other.value;
}
