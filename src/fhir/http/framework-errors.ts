import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { FacadeDependencies } from '../dependencies.js';
import { FhirError } from '../fhir-error.js';
import { operationOutcome, fault } from '../outcome.js';
import type { AuthenticatedRequest } from './access.js';
import type { RequestParts } from './hooks.js';
import { requireForm } from './message-form.js';
import { requestHeaders } from './request-id.js';
import { isOfFacade } from './routes.js';

/**
 * Answers what the router itself cannot read (a broken escape in the URL), before any hook; Fastify's own answer would repeat the URL. Who
 * asks is established first here too. Nothing catches what is thrown here, so all of it happens within one promise that is.
 */
export const frameworkErrorAnswer =
  (
    { authentication, limits, addressOf, log }: RequestParts,
    { logger }: Pick<FacadeDependencies, 'logger'>,
  ) =>
  (_error: FastifyError, request: FastifyRequest & AuthenticatedRequest, reply: FastifyReply): void => {
    const started = performance.now();
    const write = ({ status, issues, headers }: FhirError): void => {
      void reply
        .status(status)
        .headers({
          ...headers,
          ...requestHeaders(request.id),
          'content-type': 'application/fhir+json; charset=utf-8',
        })
        .send(JSON.stringify(operationOutcome(issues)));
      log.write({
        requestId: request.id,
        method: request.method,
        route: 'none',
        status,
        milliseconds: performance.now() - started,
        client: request.access?.client,
        refusedFor: request.refusedFor,
      });
    };
    const failed = (error: unknown): void =>
      logger.warn(
        { requestId: request.id, error: error instanceof Error ? error.name : typeof error },
        'an address that is none could not be answered as such',
      );
    Promise.resolve()
      .then(() => limits.address(addressOf(request.raw)))
      .then(() => requireForm(request.raw))
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
