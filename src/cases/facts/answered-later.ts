import { LookupUnavailable } from '../../messaging/contracts/facts.js';
import { FactRefused } from './fact-refused.js';

/** The register does not answer now; the fact waits in the inbox and is tried again. */
export class FactWaits extends Error {
  override readonly name = 'FactWaits';
}

/** Asks a register on behalf of a fact: no answer means that the fact waits; a fault of ours makes it a dead letter. */
export async function answeredLater<T>(lookup: Promise<T>): Promise<T> {
  try {
    return await lookup;
  } catch (error) {
    if (!(error instanceof LookupUnavailable)) throw error;
    if (!error.retryable) throw new FactRefused(`${error.system}: ${error.code}`, 'register');
    throw new FactWaits(`${error.system}: ${error.code}`, { cause: error });
  }
}
