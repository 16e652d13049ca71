import { createHmac } from 'node:crypto';
import { keyOf, type PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { mayHoldNumber } from './log-text.js';

/**
 * A sender's id of a message as it may be kept, told of and be a key of a table: itself, or a keyed hash where it holds what may be a
 * personal number. The same id is the same hash, so a repeat is still known as one.
 */
export function keptId(id: string, secret: PersonKeySecret): string {
  if (!mayHoldNumber(id)) return id;
  return `withheld-${createHmac('sha256', keyOf(secret))
    .update(JSON.stringify(['message id', id]))
    .digest('base64url')}`;
}
