import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Histogram } from 'prom-client';
import { asShown } from '../as-shown.js';
import type { FacadeDependencies } from '../dependencies.js';
import { isPublic } from './access.js';
import type { AuthenticatedRequest } from './access.js';
import type { Authentication } from './authentication.js';
import { negotiate, wantsPage } from './content-negotiation.js';
import { FhirError } from '../fhir-error.js';
import { operationOutcome, fault } from '../outcome.js';
import { requireHeadersTaken } from './headers-taken.js';
import type { RequestLimits } from './limits.js';
import { refusePersonalNumber } from './personal-number-guard.js';
import { preferencesOf } from './preferences.js';
import { queryOf } from './query.js';
import { isOfFacade, isReading, isRoot } from './routes.js';

type Instance = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/**
 * What every request passes, whatever its route: the number guard before anything reads the URL, the form of the answer,
 * the id echoed; who asks, before anything of a body is read; every text that leaves, without names of staff who are protected now (ORG-1); and the line in the log and the metric after it, which know the route's template and never the URL.
 */
export function addHooks(
  fastify: Instance,
  authentication: Authentication,
  limits: RequestLimits,
  {
    logger,
    metrics,
    directory,
    settings,
  }: Pick<FacadeDependencies, 'logger' | 'metrics' | 'directory' | 'settings'>,
): void {
  const duration = new Histogram({
    name: 'hemgang_http_request_duration_seconds',
    help: 'Time from request to answer, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-request-id': request.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    done();
  });

  fastify.addHook('onRequest', (request) => limits.address(request.ip));

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
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        client: request.access?.client,
        refusedFor: request.refusedFor,
      },
      'request',
    );
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

/**
 * Answers what the router itself cannot read (a broken escape in the URL), before any hook; Fastify's own answer would repeat the URL. Who
 * asks is established first here too. Nothing catches what is thrown here, so all of it happens within one promise that is.
 */
export const frameworkErrorAnswer =
  (authentication: Authentication, limits: RequestLimits, { logger }: Pick<FacadeDependencies, 'logger'>) =>
  (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const write = ({ status, issues, headers }: FhirError): void =>
      void reply
        .status(status)
        .headers({
          ...headers,
          'x-request-id': request.id,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-type': 'application/fhir+json; charset=utf-8',
        })
        .send(JSON.stringify(operationOutcome(issues)));
    const failed = (error: unknown): void =>
      logger.warn(
        { requestId: request.id, error: error instanceof Error ? error.name : typeof error },
        'an address that is none could not be answered as such',
      );
    Promise.resolve()
      .then(() => limits.address(request.ip))
      .then(() => (isOfFacade(request) ? authentication.establish(request) : undefined))
      .then(
        () => fault('bad-url'),
        (error: unknown) => {
          if (error instanceof FhirError) return error;
          failed(error);
          return fault('unavailable');
        },
      )
      .then(write)
      .catch((error: unknown) => {
        failed(error);
        request.raw.destroy();
      });
  };
