import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mayHidePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';

const given = new WeakMap<object, string>();

/**
 * X-Request-ID as the client sent it, where it is harmless to log and echo; otherwise one of the hub's own.
 * Means nothing but the line in the log: repeats are told by Idempotency-Key. The same of a request whoever asks for it.
 */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const id = given.get(request) ?? chosen(request);
  given.set(request, id);
  return id;
}

/** What every answer carries, whoever gives it. */
export const requestHeaders = (id: string): Readonly<Record<string, string>> => ({
  'x-request-id': id,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

function chosen(request: Pick<IncomingMessage, 'headers'>): string {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && /^[\w.:=+/-]{1,64}$/.test(sent) && !mayHidePersonalNumber(sent)
    ? sent
    : randomUUID();
}
