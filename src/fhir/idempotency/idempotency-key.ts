import { createHash, createHmac } from 'node:crypto';
import { clientKey } from '../../access/access-context.js';
import type { AccessContext } from '../../access/access-context.js';
import { canonicalJson } from '../../messaging/contracts/canonical-json.js';
import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import { fault } from '../outcome.js';

/** What makes two requests the same: who asks, in what place, for what (design, section 6). */
export type RepeatableRequest = {
  /** Client with its issuer, user, unit, method and URL. */
  readonly scope: string;
  /** The scope that versions before this one kept, of the client without its issuer: such answers are kept a week (decision 87). */
  readonly earlierScope: string;
  /** A keyed hash of the client's key, of which nobody finds out what it was. */
  readonly key: string;
  /** The hash without a secret that versions before this one kept: such answers are kept a week. */
  readonly earlierKey: string;
  /** Keyed hash of the body, whatever the order of its keys; the body itself is not kept. */
  readonly contentHash: string;
  /** The hash that versions before this one kept, of the body with its keys as they came: such answers are kept a week. */
  readonly earlierContentHash: () => string;
};

/**
 * The identity of a request that carries an Idempotency-Key; undefined for one that does not.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 * @throws {FhirError} 400 for a key that is empty, longer than 255, not visible ASCII, or may hold a personal number
 */
export function repeatableRequest(
  secret: string,
  context: AccessContext,
  request: {
    readonly method: string;
    readonly url: string;
    readonly key: string | undefined;
    readonly body: unknown;
  },
): RepeatableRequest | undefined {
  const { key } = request;
  if (key === undefined) return undefined;
  // A client that makes keys of numbers is told so, though what is kept of them tells nothing.
  if (!/^[\x21-\x7e]{1,255}$/.test(key) || looksLikePersonalNumber(key)) {
    throw fault('bad-header', { values: { header: 'Idempotency-Key' } });
  }
  const hashed = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
  const body = request.body ?? null;
  const rest = [
    context.actor?.user ?? null,
    context.actor?.unit ?? context.units,
    request.method,
    request.url,
  ];
  return {
    scope: JSON.stringify([clientKey(context), ...rest]),
    earlierScope: JSON.stringify([context.client, ...rest]),
    key: hashed(JSON.stringify(['key', key])),
    earlierKey: createHash('sha256').update(key).digest('hex'),
    contentHash: hashed(canonicalJson(body)),
    earlierContentHash: () => hashed(JSON.stringify(body)),
  };
}
