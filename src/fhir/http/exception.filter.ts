import { Catch, HttpException, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AuditUnavailable } from '../../access/access-context.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import { LogConflict } from '../../log/log.js';
import { WrittenByNewer } from '../../log/written-by-newer.js';
import { CatalogueUnavailable } from '../../directory/seek.js';
import { isConnectionFailure } from '../../persistence/connection-failure.js';
import { FhirAnswer } from '../answer.js';
import { KINDS, LOGGER } from '../dependencies.js';
import { FhirError } from '../fhir-error.js';
import { catalogueUnavailable, operationOutcome, fault } from '../outcome.js';
import { isSearchByPost, nothingAt } from './routes.js';
import { send } from './send.js';

const retry = { headers: { 'Retry-After': '5' } };

/** Everything that is thrown becomes an OperationOutcome here, and nowhere else. No stack, message or input gets out. */
@Catch()
export class ExceptionAnswer implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(KINDS) private readonly kinds: CaseKinds,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** The same for a route that Nest does not call. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const answer = this.toFhirError(error, request);
    void send(request, reply, new FhirAnswer(answer.status, operationOutcome(answer.issues), answer.headers));
  }

  private toFhirError(error: unknown, request: FastifyRequest): FhirError {
    if (error instanceof FhirError) return error;
    if (error instanceof AuditUnavailable)
      return this.noted(error, request, fault('audit-unavailable', retry));
    if (error instanceof CatalogueUnavailable) return this.noted(error, request, catalogueUnavailable(error));
    if (error instanceof WrittenByNewer) return this.noted(error, request, fault('written-by-newer', retry));
    if (error instanceof LogConflict) return fault('unavailable', retry);
    if (error instanceof HttpException) return this.ofFramework(error, request);
    if (isConnectionFailure(error)) return this.noted(error, request, fault('unavailable', retry));
    return this.noted(error, request, fault('internal'));
  }

  /** What Nest and Fastify refuse before a handler runs. */
  private ofFramework(error: HttpException, request: FastifyRequest): FhirError {
    switch (error.getStatus()) {
      case 404:
        return nothingAt(request, this.kinds.operations);
      case 413:
        return fault('too-large');
      case 415:
        return fault(isSearchByPost(request) ? 'form-expected' : 'unsupported-media-type');
      case 400:
        return fault('bad-request');
      default:
        return this.noted(error, request, fault('internal'));
    }
  }

  /** Names the error in the log by kind, code and place; its message may repeat input, so it stays out. */
  private noted(error: unknown, request: FastifyRequest, answer: FhirError): FhirError {
    const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
    const at = stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim())
      .slice(0, 12);
    const entry = {
      requestId: request.id,
      route: request.routeOptions.url,
      error: name ?? typeof error,
      code,
      at,
    };
    if (answer.status === 500) this.logger.error(entry, 'request failed unexpectedly');
    else this.logger.warn(entry, 'request failed: something needed is unavailable');
    return answer;
  }
}
