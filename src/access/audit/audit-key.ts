import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** The end of a chain at some time, sealed: what is kept outside the database, so that nobody can cut off what came before it. */
export type SealedHead = {
  readonly format: number;
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
  /** When the group was written, UTC. */
  readonly recordedAt: string;
  readonly keyId: string;
  /** Ed25519, base64url. */
  readonly signature: string;
};

/** What a signature vouches for. The hash vouches for the records. */
function sealedText({
  format,
  chain,
  number,
  hash,
  recordedAt,
  keyId,
}: Omit<SealedHead, 'signature'>): Buffer {
  return Buffer.from(`hemgang audit\n${canonicalJson([format, chain, number, hash, recordedAt, keyId])}`);
}

/** How PKCS #8 begins for a private key of Ed25519 (RFC 8410, section 7); the 32 bytes of the seed follow. */
const privateKeyPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key that seals the trail (ACC-5): Ed25519 (RFC 8032). It is kept outside the database, so who can write there still
 * cannot write a group that verifies. Verifying needs the public key alone.
 */
export class AuditKey {
  readonly #private: KeyObject;
  /** The public key, 32 bytes in base64url. No secret. */
  readonly publicKey: string;
  readonly keyId: string;

  /** @param secret at least 32 bytes; the same secret is the same key */
  constructor(secret: Buffer) {
    const seed = Buffer.from(hkdfSync('sha256', secret, '', 'hemgang audit', 32));
    this.#private = createPrivateKey({
      key: Buffer.concat([privateKeyPrefix, seed]),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKey = createPublicKey(this.#private).export({ format: 'jwk' }).x ?? '';
    this.keyId = keyIdOf(this.publicKey);
  }

  seal(head: Omit<SealedHead, 'keyId' | 'signature'>): SealedHead {
    const named = { ...head, keyId: this.keyId };
    return { ...named, signature: sign(null, sealedText(named), this.#private).toString('base64url') };
  }
}

/** The public keys that seals of the trail are held against: today's and those before it. */
export class AuditPublicKeys {
  readonly #keys: ReadonlyMap<string, KeyObject>;

  /** @param keys each 32 bytes in base64url. @throws when one is none */
  constructor(keys: readonly string[]) {
    this.#keys = new Map(
      keys.map((x) => [
        keyIdOf(x),
        createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
      ]),
    );
  }

  knows(keyId: string): boolean {
    return this.#keys.has(keyId);
  }

  /** True when the head was sealed by one of these keys and nothing of it was changed since. */
  verifies(head: SealedHead): boolean {
    const key = this.#keys.get(head.keyId);
    return key !== undefined && verify(null, sealedText(head), key, Buffer.from(head.signature, 'base64url'));
  }
}

function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16);
}
