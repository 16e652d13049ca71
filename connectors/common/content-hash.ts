import { createHmac, hash } from 'node:crypto';
import { keyOf, type PersonKeySecret } from '../../src/messaging/contracts/person-key.js';

/**
 * A hash of parts that are kept apart, hex: SHA-256, or HMAC-SHA256 with a secret.
 * @param secret without one a number in the content can be guessed from the hash, which is then neither kept nor told
 */
export function contentHash(parts: readonly string[], secret?: PersonKeySecret['secret']): string {
  const content = JSON.stringify(parts);
  return secret === undefined
    ? hash('sha256', content)
    : createHmac('sha256', secret).update(content).digest('hex');
}

/** What an older, unkeyed hash never begins with. */
const keyed = 'keyed:';

/** A content hash as it is kept: keyed once more. One that is keyed already stays as it is; an older one becomes what it would be now. */
export function keptHash(plain: string, secret: PersonKeySecret): string {
  if (isKeptHash(plain)) return plain;
  return keyed + createHmac('sha256', keyOf(secret)).update(plain).digest('hex');
}

/** False for a hash as it was kept before hashes were keyed. */
export function isKeptHash(kept: string): boolean {
  return kept.startsWith(keyed);
}
