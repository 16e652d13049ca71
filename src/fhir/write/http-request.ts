import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import { basePath } from '../http/routes.js';
import type { WriteRequest } from './writer.js';

/** The parts of Fastify's request that a writing controller reads. */
export type HttpRequest = {
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
  // What is no id may be anything, a name included, and goes no further: not into the trail, not with the Idempotency-Key.
  const [type = '', id] = target.split('/');
  const safe = id === undefined || isUuid(id) ? target : `${type}/not-an-id`;
  const url = `${basePath}/${safe}${action.startsWith('$') ? `/${action}` : ''}`;
  return { context, method, url, headers: http.headers, body: http.body, action, target: safe };
}
