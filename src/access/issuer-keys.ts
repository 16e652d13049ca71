import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { Agent, fetch, type Response } from 'undici';
import { z } from 'zod';
import { onceMore } from '../wire/once-more.js';
import { textOf } from '../wire/text.js';
import type { IssuerConfiguration } from './issuers.js';

/** The issuer's keys cannot be had, or are no key set. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** A new one for each question: asked so seldom, one that was kept open would have been dropped on the way. */
const connections = new Agent({ pipelining: 0 });
const fetchTimeoutMs = 3_000;
const largestKeySetBytes = 262_144;
/** So old keys may be before they are asked for again: a key that the issuer withdraws works no longer than this. */
const freshMs = 10 * 60_000;
/**
 * At least so long between two questions, whatever they were answered and whatever tokens name: made-up key ids do not become a
 * flood, and an issuer that does not answer is not asked by every request.
 */
const pauseMs = 15_000;

/** RFC 7518, 3.3: an RSA key has 2048 bits or more; a shorter one would fail at each token, and nobody would know why. */
const isLong = (modulus: unknown): boolean =>
  typeof modulus === 'string' &&
  BigInt(`0x0${Buffer.from(modulus, 'base64url').toString('hex')}`).toString(2).length >= 2_048;

/** Public keys alone: a secret, or a private part, in a key set is a mistake that must not go on unseen. */
const keySet = z.looseObject({
  keys: z
    .array(
      z
        .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) })
        .refine((key) => !('d' in key || 'k' in key), 'holds a private key'),
    )
    .min(1),
});

/** A checked key set of an issuer's address. @throws ZodError naming the place of what is wrong */
function readKeySet(value: unknown): JSONWebKeySet {
  return keySet.parse(value);
}

/** In a file that an operator chose every key is meant; an issuer's own address may hold others beside those it signs with. */
const chosenKeySet = keySet
  .refine(
    ({ keys }) => keys.every((key) => key.kty !== 'RSA' || isLong(key['n'])),
    'holds an RSA key of less than 2048 bits',
  )
  .superRefine(({ keys }, context) => {
    // Of two keys of one id and type, or several without an id, no token says which one signed it (RFC 7517, 4.5).
    const ids = keys.map(({ kid, kty }) => (kid === undefined ? undefined : JSON.stringify([kid, kty])));
    for (const [index, id] of ids.entries())
      if (ids.length > 1 && (id === undefined || ids.indexOf(id) < index))
        context.addIssue({
          code: 'custom',
          path: ['keys', index],
          message:
            id === undefined
              ? 'has no `kid`, beside other keys'
              : 'has the `kid` and the `kty` of another key',
        });
  });

/** A checked key set of a local file. @throws ZodError naming the place of what is wrong */
export function readKeySetOfFile(value: unknown): JSONWebKeySet {
  return chosenKeySet.parse(value);
}

type Held = { readonly keys: JWTVerifyGetKey; readonly at: number };

/**
 * The keys of an issuer: had when first needed, kept ten minutes, and asked for again when a token names an unknown one. One
 * question at a time, and a pause between two. While no answer comes, the keys that are known hold for `keysHoldMinutes`.
 * The returned function throws `KeysUnavailable` when there are none that hold, and jose's `JWKSNoMatchingKey` when there is no such key.
 * @param now milliseconds that never go back
 */
export function issuerKeys(
  { keys, keysHoldMinutes }: Pick<IssuerConfiguration, 'keys' | 'keysHoldMinutes'>,
  now: () => number = () => performance.now(),
): JWTVerifyGetKey {
  const ask = 'url' in keys ? () => fetchKeySet(keys.url) : () => readKeyFile(keys.file);
  let held: Held | undefined;
  let askedAt: number | undefined;
  let asking: Promise<void> | undefined;
  let fault: unknown;

  const renew = async (): Promise<void> => {
    try {
      held = { keys: createLocalJWKSet(await ask()), at: now() };
      fault = undefined;
    } catch (error) {
      fault = error;
    } finally {
      asking = undefined;
    }
  };
  /** Asks, unless somebody does already, or did just now. */
  const renewSoon = (): Promise<void> => {
    if (asking !== undefined) return asking;
    if (askedAt !== undefined && now() - askedAt < pauseMs) return Promise.resolve();
    askedAt = now();
    asking = renew();
    return asking;
  };
  const holds = (one: Held | undefined): one is Held =>
    one !== undefined && now() - one.at < keysHoldMinutes * 60_000;
  const holding = (): JWTVerifyGetKey => {
    if (holds(held)) return held.keys;
    throw new KeysUnavailable('the keys of the issuer cannot be had', { cause: fault });
  };

  return async (header, token) => {
    if (held === undefined || now() - held.at >= freshMs) {
      const renewed = renewSoon();
      // An issuer that did not answer last time holds nobody up whose key is known and holds.
      if (fault === undefined || !holds(held)) await renewed;
    }
    const known = holding();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renewSoon();
      const after = holding();
      if (after === known) throw error;
      return after(header, token);
    }
  };
}

async function fetchKeySet(url: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(fetchTimeoutMs);
  const headers = { accept: 'application/jwk-set+json, application/json' };
  const response = await onceMore(() =>
    fetch(url, { headers, redirect: 'error', signal, dispatcher: connections }),
  );
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the issuer answered ${response.status}`);
  }
  return readKeySet(JSON.parse(await limitedText(response)));
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largestKeySetBytes) throw new Error('the key set is too large');
    chunks.push(chunk);
  }
  return textOf(Buffer.concat(chunks), response.headers.get('content-type'));
}

async function readKeyFile(file: string): Promise<JSONWebKeySet> {
  return readKeySetOfFile(JSON.parse(await readFile(file, 'utf8')));
}
