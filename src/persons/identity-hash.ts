import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { PersonIdentifier } from '../messaging/contracts/facts.js';

/** The key of the secret used last: making it costs several times the hash. */
let known: { readonly secret: string; readonly key: KeyObject } | undefined;

/**
 * The keyed hash (HMAC-SHA256, hex) by which the hub knows a number without keeping it: for `person_identity`, for locks
 * and for a search on `identifier`. Personnummer and samordningsnummer cannot collide, and registers name either by the
 * other's system, so both hash alike; other identifiers hash with their type.
 */
export function identityHash(secret: string, identifier: PersonIdentifier): string {
  const family =
    identifier.type === 'personnummer' || identifier.type === 'samordningsnummer'
      ? 'person'
      : identifier.type;
  return createHmac('sha256', keyOf(secret)).update(`${family}\n${identifier.value}`).digest('hex');
}

function keyOf(secret: string): KeyObject {
  if (known?.secret !== secret) known = { secret, key: createSecretKey(secret, 'utf8') };
  return known.key;
}
