import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mayHidePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';

/**
 * X-Request-ID as the client sent it, where it is harmless to log and echo; otherwise one of the hub's own.
 * Means nothing but the line in the log: repeats are told by Idempotency-Key.
 */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && /^[\w.:=+/-]{1,64}$/.test(sent) && !mayHidePersonalNumber(sent)
    ? sent
    : randomUUID();
}
