import type { AccessContext } from '../../access/access-context.js';
import type { WriteRequest } from './writer.js';

/** The parts of Fastify's request that a writing controller reads. */
export type HttpRequest = {
  readonly url: string;
  readonly headers: WriteRequest['headers'];
  readonly body: unknown;
};

/** What the controllers hand to the writer. */
export function writeRequest(
  context: AccessContext,
  method: WriteRequest['method'],
  http: HttpRequest,
  action: string,
  target: string,
): WriteRequest {
  const url = http.url.split('?', 1)[0] ?? '';
  return { context, method, url, headers: http.headers, body: http.body, action, target };
}
