import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirAnswer } from '../answer.js';
import { negotiated } from './content-negotiation.js';

/** Sends an answer: the one place where an interaction's result becomes bytes. */
export function send(request: FastifyRequest, reply: FastifyReply, answer: FhirAnswer): FastifyReply {
  reply.status(answer.status).headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  const { type, pretty } = negotiated(request);
  if (!reply.hasHeader('content-type')) reply.header('content-type', `${type}; charset=utf-8`);
  return reply.send(pretty ? indented(answer.body) : textOf(answer.body));
}

type Body = NonNullable<FhirAnswer['body']>;

const textOf = (body: Body): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** `_pretty`: for eyes. What was stored is otherwise sent as it is. */
const indented = (body: Body): string => JSON.stringify(JSON.parse(textOf(body)), null, 2);

/** Fastify under Nest, sending what handlers return as `FhirAnswer`. */
export class FhirAdapter extends FastifyAdapter {
  override reply(response: FastifyReply, body: unknown, statusCode?: number): FastifyReply {
    if (body instanceof FhirAnswer) return send(response.request, response, body);
    return super.reply(response, body, statusCode);
  }
}
