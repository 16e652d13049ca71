import type { Server } from 'node:http';

/**
 * Lets a server answer a client that shuts its writing half after the last byte of its request, as TCP allows and some senders do; by
 * default Node closes the connection without an answer, though what was asked is done. Node has no documented setting for it:
 * https://github.com/nodejs/node/blob/v24.x/lib/_http_server.js (`httpAllowHalfOpen`).
 */
export function answerHalfClosed(server: Server): void {
  Object.assign(server, { httpAllowHalfOpen: true });
}
