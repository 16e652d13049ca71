import type { HsaId } from '../process/vocabulary.js';

/**
 * Asks the catalogue for one of the staff whom the directory does not know; resolves when the directory knows the person, or the
 * catalogue does not.
 * @param asker on whose behalf: the unit, or the client where there is none yet. Each has a share of the catalogue's attention
 * @throws {CatalogueUnavailable}
 */
export type SeekStaff = (person: HsaId, asker: string) => Promise<void>;

/** The catalogue did not say whether there is such a person: nothing may be concluded. */
export class CatalogueUnavailable extends Error {
  override readonly name = 'CatalogueUnavailable';
  constructor(
    /** Why, as a code; for our log. */
    readonly code: string,
    /** When asking again may help, in seconds. */
    readonly retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super(`the catalogue did not answer: ${code}`, options);
  }
}
