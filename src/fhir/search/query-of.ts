import type { FastifyRequest } from 'fastify';

/** The query of a request, in the order and number it was sent. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const start = request.url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : request.url.slice(start + 1));
}
