import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import type { IssuerConfiguration } from './issuers.js';

/** The issuer's keys cannot be had, or are no key set. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

const fetchTimeoutMs = 3_000;
const cacheMs = 10 * 60_000;
/** At least so long between two fetches for an unknown key, so that made-up key ids do not become a flood. */
const cooldownMs = 15_000;

/**
 * The keys of an issuer, fetched when first needed, kept, and fetched again when a token names an unknown key.
 * The returned function throws `KeysUnavailable` when they cannot be had and jose's `JWKSNoMatchingKey` when there is no such key.
 */
export function issuerKeys({ keys }: IssuerConfiguration): JWTVerifyGetKey {
  const getKey = 'url' in keys ? remoteKeys(keys.url) : fileKeys(keys.file);
  return async (header, token) => {
    try {
      return await getKey(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      throw new KeysUnavailable('the keys of the issuer cannot be had', { cause: error });
    }
  };
}

function remoteKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: fetchTimeoutMs,
    cacheMaxAge: cacheMs,
    cooldownDuration: cooldownMs,
  });
}

function fileKeys(file: string): JWTVerifyGetKey {
  let current: { readonly keys: Promise<JWTVerifyGetKey>; readonly readAt: number } | undefined;
  const read = () => {
    current = { keys: readKeySet(file), readAt: performance.now() };
    return current.keys;
  };
  return async (header, token) => {
    try {
      const keys = await (current?.keys ?? read());
      return await keys(header, token);
    } catch (error) {
      const tooSoon = current !== undefined && performance.now() - current.readAt < cooldownMs;
      if (error instanceof errors.JWKSNoMatchingKey && tooSoon) throw error;
      const keys = await read().catch((fault: unknown) => {
        current = undefined;
        throw fault;
      });
      return keys(header, token);
    }
  };
}

async function readKeySet(file: string): Promise<JWTVerifyGetKey> {
  return createLocalJWKSet(JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet);
}
