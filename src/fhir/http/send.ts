import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirAnswer } from '../answer.js';
import { negotiated } from './content-negotiation.js';

/** Sends an answer: the one place where an interaction's result becomes bytes. */
export function send(request: FastifyRequest, reply: FastifyReply, answer: FhirAnswer): FastifyReply {
  reply.status(answer.status).headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  if (!reply.hasHeader('content-type')) reply.header('content-type', `${negotiated(request)}; charset=utf-8`);
  return reply.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

/** Fastify under Nest, sending what handlers return as `FhirAnswer`. */
export class FhirAdapter extends FastifyAdapter {
  override reply(response: FastifyReply, body: unknown, statusCode?: number): FastifyReply {
    if (body instanceof FhirAnswer) return send(response.request, response, body);
    return super.reply(response, body, statusCode);
  }
}
