import { Controller, Get, Headers, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import { GroupedReads } from '../../access/grouped-reads.js';
import type { FhirAnswer } from '../answer.js';
import { CLOCK } from '../dependencies.js';
import type { Clock } from '../dependencies.js';
import { Access } from '../http/access.js';
import { nothingAt } from '../http/routes.js';
import { caseOf, Trail } from '../trail.js';
import { fault } from '../outcome.js';
import { requireInteraction } from '../supported.js';
import { answerUnderConditions } from './conditional-read.js';

/** `GET [type]/[id]`. @see https://hl7.org/fhir/R4/http.html#read */
@Controller('fhir')
export class ReadController {
  constructor(
    @Inject(GroupedReads) private readonly reads: GroupedReads,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':type/:id')
  async read(
    @Param('type') type: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'read');
    if (id.startsWith('_')) throw nothingAt(request);
    const found = await this.reads.resource(access, type, id);
    const touched = { personId: found?.personId ?? null, caseId: caseOf(type, found) };
    const detail = { resource: `${type}/${isUuid(id) ? id : 'not-an-id'}` };
    if (!found?.visible) {
      await this.trail.record(access, 'read', 'refused', touched, { ...detail, rule: 'ACC-1' });
      throw fault('not-found');
    }
    await this.trail.record(access, 'read', 'success', touched, { ...detail, version: found.version });
    if (found.deleted) throw fault('deleted');
    return answerUnderConditions(headers, found, this.clock.now());
  }
}
