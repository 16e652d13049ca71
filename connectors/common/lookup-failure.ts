import { LookupUnavailable } from '../../src/messaging/contracts/lookups.js';
import { SoapFailure } from './soap/fault.js';

/** A failed question as the hub is told of it: what is not our own fault may be asked again. */
export function lookupFailure(system: string, error: unknown): LookupUnavailable {
  if (error instanceof LookupUnavailable) return error;
  if (error instanceof SoapFailure) return new LookupUnavailable(system, error.code, error.blame !== 'ours');
  return new LookupUnavailable(system, 'failed', true);
}
