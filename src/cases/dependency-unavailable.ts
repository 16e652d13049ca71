import { LookupUnavailable } from '../messaging/contracts/lookups.js';

/** A system that the request cannot do without does not answer: 503, nothing stored. */
export class DependencyUnavailable extends Error {
  override readonly name = 'DependencyUnavailable';
  constructor(
    readonly system: string,
    /** What the system answered, as a code; for our log. */
    readonly code: string,
    /** When asking again may help, in seconds. */
    readonly retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super(`${system} did not answer: ${code}`, options);
  }
}

/** Turns a lookup's failure into the answer for one who waits. Other errors pass as they are. */
export async function needed<T>(lookup: Promise<T>): Promise<T> {
  try {
    return await lookup;
  } catch (error) {
    if (!(error instanceof LookupUnavailable)) throw error;
    // A fault of our own (e.g. not authorised) is mended by people, not by the next second.
    throw new DependencyUnavailable(error.system, error.code, error.retryable ? 10 : 300, { cause: error });
  }
}
