import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { fewRandomBytes } from '../../../src/messaging/contracts/random-bytes.js';
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** The key recordings are sealed with, and the name it goes by beside them. */
export type RecordingKey = { readonly keyId: string; readonly secret: Buffer };

/** What a recording is bound to: sealed bytes opened under another name do not open. */
export type RecordedAs = { readonly connector: string; readonly sender: string; readonly messageId: string };

/** Somebody altered the recording, or it is not of this key. */
export class RecordingUnreadable extends Error {
  override readonly name = 'RecordingUnreadable';
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** The keyed hash by which the hub knows a number (`person_identity`). */
export type PersonHash = (person: PersonIdentifier) => string;

/** Seals and opens what came in: AES-256-GCM, a random iv for each, bound to connector, sender and message id. */
export class Recorder {
  private readonly secret: KeyObject;
  readonly keyId: string;

  /** @param hash absent: recordings are not found by person */
  constructor(
    { keyId, secret }: RecordingKey,
    private readonly hash?: PersonHash,
  ) {
    this.keyId = keyId;
    // Given as bytes each time, the key alone would cost more than sealing by it.
    this.secret = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'hemgang recording', 32)));
  }

  /** Whom a recording is about: the hashes of their numbers, as PostgreSQL writes a list of texts. */
  persons(persons: readonly PersonIdentifier[]): string {
    return `{${this.hash ? [...new Set(persons.map(this.hash))].join(',') : ''}}`;
  }

  /** iv, tag and content in one. */
  seal(as: RecordedAs, raw: Buffer): Buffer {
    const iv = fewRandomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.secret, iv);
    cipher.setAAD(bound(as));
    const content = Buffer.concat([cipher.update(raw), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), content]);
  }

  /** The bytes as they came. @throws RecordingUnreadable */
  open(as: RecordedAs, sealed: Buffer): Buffer {
    try {
      const decipher = createDecipheriv(algorithm, this.secret, sealed.subarray(0, ivBytes));
      decipher.setAAD(bound(as));
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
    } catch {
      throw new RecordingUnreadable('the recording was altered, or sealed with another key');
    }
  }
}

function bound({ connector, sender, messageId }: RecordedAs): Buffer {
  return Buffer.from(JSON.stringify([connector, sender, messageId]));
}
