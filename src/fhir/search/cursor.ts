import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fault } from '../outcome.js';
import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/**
 * Seals what the next page needs into an opaque text for a URL (AES-256-GCM): nothing in it can be read or changed, and
 * it opens only for the same purpose and the same units.
 * @param purpose what it continues, e.g. `search Task`
 */
export function sealCursor(
  key: Uint8Array,
  purpose: string,
  units: readonly string[],
  content: object,
): string {
  for (;;) {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv(algorithm, key, iv).setAAD(boundTo(purpose, units));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    const text = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    // Once in millions of times chance writes something like a personal number, which the facade itself would refuse.
    if (!looksLikePersonalNumber(text)) return text;
  }
}

/** @throws {FhirError} 400 for a cursor that was changed, or is for another purpose or other units */
export function openCursor<Content>(
  key: Uint8Array,
  purpose: string,
  units: readonly string[],
  cursor: string,
): Content {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= ivLength + tagLength) throw fault('bad-cursor');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivLength))
    .setAAD(boundTo(purpose, units))
    .setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
  try {
    const opened = Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as Content;
  } catch {
    throw fault('bad-cursor');
  }
}

function boundTo(purpose: string, units: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([purpose, units.toSorted()]), 'utf8');
}
