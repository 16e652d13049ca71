import { Inject, Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { isUuid } from '../../access/choke-point.js';
import { GroupedReads } from '../../access/grouped-reads.js';
import type { FhirAnswer } from '../answer.js';
import { CLOCK } from '../dependencies.js';
import type { Clock } from '../dependencies.js';
import { accessOf, type AuthenticatedRequest } from '../http/access.js';
import { ExceptionAnswer } from '../http/exception.filter.js';
import { refuseParameters } from '../http/parameters.guard.js';
import { basePath, nothingAt } from '../http/routes.js';
import { send } from '../http/send.js';
import { fault } from '../outcome.js';
import { requireInteraction } from '../supported.js';
import { touchedBy, Trail } from '../trail.js';
import { answerUnderConditions } from './conditional-read.js';

type Addressed = { Params: { readonly type: string; readonly id: string } };
type Asked = FastifyRequest<Addressed> & AuthenticatedRequest;

/**
 * `GET [type]/[id]`, the interaction that is asked for most: a route of Fastify's own, which passes the same hooks, the same guard of parameters and the same answer to errors as
 * those that Nest calls, without what Nest does between them (decision 96).
 * @see https://hl7.org/fhir/R4/http.html#read
 */
@Injectable()
export class ReadRoute {
  constructor(
    @Inject(GroupedReads) private readonly reads: GroupedReads,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ExceptionAnswer) private readonly errors: ExceptionAnswer,
  ) {}

  /** Adds the route; for HEAD too, as Fastify does for every GET. */
  addTo(fastify: ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>): void {
    fastify.get<Addressed>(`${basePath}/:type/:id`, async (request, reply) => {
      try {
        refuseParameters(request);
        send(request, reply, await this.#read(request));
      } catch (error) {
        this.errors.answer(error, request, reply);
      }
      return reply;
    });
  }

  async #read(request: Asked): Promise<FhirAnswer> {
    const { type, id } = request.params;
    if (type === '' || id === '') throw nothingAt(request);
    requireInteraction(type, 'read');
    if (id.startsWith('_')) throw nothingAt(request);
    const access = accessOf(request);
    const found = await this.reads.resource(access, type, id);
    const touched = touchedBy(type, found);
    const detail = { resource: `${type}/${isUuid(id) ? id : 'not-an-id'}` };
    if (!found?.visible) {
      await this.trail.record(access, 'read', 'refused', touched, { ...detail, rule: 'ACC-1' });
      throw fault('not-found');
    }
    await this.trail.record(access, 'read', 'success', touched, { ...detail, version: found.version });
    if (found.deleted) throw fault('deleted');
    return answerUnderConditions(request.headers, found, this.clock.now());
  }
}
