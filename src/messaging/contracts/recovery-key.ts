import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const pointBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
/** How PKCS #8 begins for a private key of X25519 (RFC 8410, section 7); the 32 bytes of the seed follow. */
const privateKeyPrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

const pointOf = (key: KeyObject): string => key.export({ format: 'jwk' }).x ?? '';
const publicKeyOf = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
const secretOf = (privateKey: KeyObject, publicKey: KeyObject): Buffer =>
  Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), '', 'hemgang recovery', 32));

/** Wraps keys of messages so that the recovery key alone opens them: X25519 with a key pair of this process, AES-256-GCM. */
export class RecoveryLock {
  readonly #point: Buffer;
  readonly #secret: KeyObject;

  /** @param publicKey 32 bytes in base64url */
  constructor(publicKey: string) {
    const own = generateKeyPairSync('x25519');
    this.#point = Buffer.from(pointOf(own.publicKey), 'base64url');
    this.#secret = createSecretKey(secretOf(own.privateKey, publicKeyOf(publicKey)));
  }

  /** @param eventId what the wrapped key is bound to */
  wrap(eventId: string, key: Buffer): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.#secret, iv);
    cipher.setAAD(Buffer.from(eventId));
    const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
    return Buffer.concat([this.#point, iv, cipher.getAuthTag(), wrapped]).toString('base64');
  }
}

/**
 * Opens what `RecoveryLock` wrapped. Kept away from the hub, and given to a worker only after the database was restored to an earlier
 * point, for facts on Kafka whose keys went with it.
 */
export class RecoveryKey {
  readonly #private: KeyObject;
  /** 32 bytes in base64url. No secret. */
  readonly publicKey: string;

  /** @param secret at least 32 bytes */
  constructor(secret: Buffer) {
    const seed = Buffer.from(hkdfSync('sha256', secret, '', 'hemgang recovery key', 32));
    this.#private = createPrivateKey({
      key: Buffer.concat([privateKeyPrefix, seed]),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKey = pointOf(createPublicKey(this.#private));
  }

  /** The key of a message; undefined where it was wrapped for another key, or altered. */
  unwrap(eventId: string, wrapped: string): Buffer | undefined {
    try {
      const bytes = Buffer.from(wrapped, 'base64');
      const point = bytes.subarray(0, pointBytes).toString('base64url');
      const [iv, rest] = [
        bytes.subarray(pointBytes, pointBytes + ivBytes),
        bytes.subarray(pointBytes + ivBytes),
      ];
      const decipher = createDecipheriv(algorithm, secretOf(this.#private, publicKeyOf(point)), iv);
      decipher.setAAD(Buffer.from(eventId));
      decipher.setAuthTag(rest.subarray(0, tagBytes));
      return Buffer.concat([decipher.update(rest.subarray(tagBytes)), decipher.final()]);
    } catch {
      return undefined;
    }
  }
}
