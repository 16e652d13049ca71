import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { asShown } from '../as-shown.js';
import type { FacadeDependencies } from '../dependencies.js';
import { isPublic } from './access.js';
import type { AuthenticatedRequest } from './access.js';
import type { Authentication } from './authentication.js';
import type { AddressOf } from './client-address.js';
import { negotiate, wantsPage } from './content-negotiation.js';
import { requireHeadersTaken } from './headers-taken.js';
import type { RequestLimits } from './limits.js';
import { requireForm } from './message-form.js';
import { refusePersonalNumber } from './personal-number-guard.js';
import { preferencesOf } from './preferences.js';
import { queryOf } from './query.js';
import { requestHeaders } from './request-id.js';
import type { RequestLog } from './request-log.js';
import { isOfFacade, isReading, isRoot } from './routes.js';

type Instance = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/** What looks at a request before its handler does, and once it is answered. */
export type RequestParts = {
  readonly authentication: Authentication;
  readonly limits: RequestLimits;
  readonly addressOf: AddressOf;
  readonly log: RequestLog;
};

/**
 * What every request passes, whatever its route: how many come from its address, its form, the number guard before anything reads the URL, the form of the answer,
 * the id echoed; who asks, before anything of a body is read; every text that leaves, without names of staff who are protected now (ORG-1); and the line in the log and the metric after it, which know the route's template and never the URL.
 */
export function addHooks(
  fastify: Instance,
  { authentication, limits, addressOf, log }: RequestParts,
  { directory, settings }: Pick<FacadeDependencies, 'directory' | 'settings'>,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(requestHeaders(request.id));
    done();
  });

  fastify.addHook('onRequest', (request) => limits.address(addressOf(request.raw)));

  fastify.addHook('onRequest', (request, _reply, done) => {
    requireForm(request.raw);
    done();
  });

  // Before anything else is looked at, so that who brings no token learns nothing but that.
  fastify.addHook('onRequest', async (request) => {
    if (needsToken(request)) await authentication.establish(request);
  });

  fastify.addHook('onRequest', (request, _reply, done) => {
    refusePersonalNumber(request.url);
    if (isRoot(request) || isOfFacade(request)) {
      queryOf(request);
      requireHeadersTaken(request);
      if (!(isRoot(request) && wantsPage(request))) negotiate(request);
    }
    done();
  });

  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.body instanceof URLSearchParams) negotiate(request, request.body);
    done();
  });

  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (leavesTooMuchUnread(request, settings.bodyLimit)) reply.header('connection', 'close');
    const applied = reply.statusCode < 400 ? preferencesOf(request.headers, isReading(request)).applied : [];
    if (applied.length > 0) reply.header('preference-applied', applied.join(', '));
    done(null, typeof payload === 'string' ? asShown(payload, directory) : payload);
  });

  fastify.addHook('onResponse', (request: FastifyRequest & AuthenticatedRequest, reply, done) => {
    log.write({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      client: request.access?.client,
      refusedFor: request.refusedFor,
    });
    done();
  });
}

/**
 * Whether somebody must be known: for every route that is not marked `@Public()`, for whatever else is asked below the facade's base, and
 * for every body, because nothing that takes one is open to everybody.
 */
const needsToken = (request: FastifyRequest): boolean =>
  bringsBody(request) || (request.is404 ? isOfFacade(request) && !isRoot(request) : !isPublic(request));

/** Whether a body comes that Fastify would read; one that comes with GET or HEAD it never does. */
function bringsBody({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What an answer leaves unread of its request is read and forgotten by Node, unless the connection ends with the answer. */
function leavesTooMuchUnread({ raw, headers }: FastifyRequest, limit: number): boolean {
  const announced = headers['content-length'];
  return !raw.complete && !(announced !== undefined && Number(announced) <= limit);
}
