import type { Uuid } from '../process/vocabulary.js';

/** The lock that every writer about a person takes first. */
export function personLock(personId: Uuid): string {
  return `person:${personId}`;
}

/** The lock under which a number becomes a person. */
export function identityLock(hash: string): string {
  return `identity:${hash}`;
}
