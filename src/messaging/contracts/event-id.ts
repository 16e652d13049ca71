import { hash } from 'node:crypto';

/**
 * An event's id, derived from the source's own id (e.g. sender and control id), so that a repeat is the same event.
 * A name-based UUID of version 8 over SHA-256 (RFC 9562, appendix B.2).
 * @param parts what identifies the event at its source; the order matters, the parts are kept apart
 */
export function eventId(topic: string, source: string, parts: readonly string[]): string {
  const bytes = hash('sha256', JSON.stringify([topic, source, ...parts]), 'buffer').subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
