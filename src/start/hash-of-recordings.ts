import type { PersonHash } from '../../connectors/common/recording/recorder.js';
import { identityHash } from '../persons/identity-hash.js';

/** How recordings name persons: by the hash by which the hub knows them, so that they are found, and go when a person is sealed. */
export function hashOfRecordings(identityKey: Uint8Array): PersonHash {
  const secret = Buffer.from(identityKey).toString('hex');
  return (person) => identityHash(secret, person);
}
