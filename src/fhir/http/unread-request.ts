import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { operationOutcome, fault } from '../outcome.js';

/** What Node says of a request that it could not read; everything else is a line that is no HTTP. */
const faults = {
  HPE_HEADER_OVERFLOW: 'head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
} as const;

/**
 * Answers a request that Node itself gave up, before there was one to hand on: a head that is too large, one that never ended, no HTTP
 * at all. Says it as an OperationOutcome, repeats nothing, and ends the connection.
 */
export function answerUnreadRequest(error: Error & { code?: string }, socket: Socket): void {
  // The other side is gone: nobody is there to be answered.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const known = Object.hasOwn(faults, error.code ?? '');
  endWith(socket, fault(known ? faults[error.code as keyof typeof faults] : 'not-http'));
}

/** Writes a fault on a socket that has no request, and ends it. */
export function endWith(
  socket: Socket,
  { status, issues, headers }: Pick<ReturnType<typeof fault>, 'status' | 'issues' | 'headers'>,
): void {
  const body = JSON.stringify(operationOutcome(issues));
  const further = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/fhir+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n${further.join('')}Connection: close\r\n\r\n${body}`,
  );
}
