import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { PersonIdentifier } from './facts.js';

/** The secret that makes message keys, and the name it goes by in the envelope (`keyid`). */
export type PersonKeySecret = {
  /** e.g. `2026a`. Changes with the secret. */
  readonly keyId: string;
  /** At least 32 bytes. The same in every connector and the hub. */
  readonly secret: Uint8Array | string;
};

/** Made once for each secret: making the key costs more than the hash. */
const keys = new WeakMap<PersonKeySecret, KeyObject>();

/**
 * The message key of facts about a person: HMAC-SHA256 of the identifier, base64url, 43 characters. It orders facts and
 * is never used as an identifier. A personal number and a coordination number are keyed by their digits alone, so two
 * systems that name the kind differently still queue the person in one line.
 * @throws Error when the secret is shorter than 32 bytes.
 */
export function personKey(secret: PersonKeySecret, identifier: PersonIdentifier): string {
  const national = identifier.type === 'personnummer' || identifier.type === 'samordningsnummer';
  const kind = national ? 'national' : identifier.type;
  const value = national ? identifier.value.replace(/[\s+-]/g, '') : identifier.value.trim();
  return createHmac('sha256', keyOf(secret))
    .update(JSON.stringify([secret.keyId, kind, value]))
    .digest('base64url');
}

/**
 * The source's own id of a fact, keyed: it is often made of the content, and a number could be guessed from the event id that is made of it.
 * @throws Error when the secret is shorter than 32 bytes.
 */
export function keyedId(secret: PersonKeySecret, parts: readonly string[]): string {
  return createHmac('sha256', keyOf(secret))
    .update(JSON.stringify(['event id', ...parts]))
    .digest('base64url');
}

/** The secret as Node's key, for a keyed hash: given as bytes it costs several times what the hash does. */
export function keyOf(settings: PersonKeySecret): KeyObject {
  const known = keys.get(settings);
  if (known !== undefined) return known;
  const { secret } = settings;
  if (Buffer.byteLength(secret) < 32)
    throw new Error('The secret of message keys must have at least 32 bytes.');
  const key = createSecretKey(typeof secret === 'string' ? Buffer.from(secret) : secret);
  keys.set(settings, key);
  return key;
}
