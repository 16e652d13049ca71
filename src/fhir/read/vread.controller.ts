import { Controller, Get, Headers, Inject, Param } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import { GroupedReads } from '../../access/grouped-reads.js';
import type { FhirAnswer } from '../answer.js';
import { CLOCK } from '../dependencies.js';
import type { Clock } from '../dependencies.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { requireInteraction } from '../supported.js';
import { touchedBy, Trail } from '../trail.js';
import { asVersion } from './as-version.js';
import { answerUnderConditions } from './conditional-read.js';

/** `GET [type]/[id]/_history/[vid]`. @see https://hl7.org/fhir/R4/http.html#vread */
@Controller('fhir')
export class VreadController {
  constructor(
    @Inject(GroupedReads) private readonly reads: GroupedReads,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':type/:id/_history/:version')
  async vread(
    @Param('type') type: string,
    @Param('id') id: string,
    @Param('version') version: string,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'vread');
    const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : undefined;
    const found = number === undefined ? undefined : await this.reads.version(access, type, id, number);
    const touched = touchedBy(type, found);
    const detail = {
      resource: `${type}/${isUuid(id) ? id : 'not-an-id'}`,
      ...(number === undefined ? {} : { version: number }),
    };
    if (!found?.visible) {
      await this.trail.record(access, 'vread', 'refused', touched, { ...detail, rule: 'ACC-1' });
      throw fault('not-found');
    }
    await this.trail.record(access, 'vread', 'success', touched, detail);
    if (found.deleted) throw fault('deleted');
    const current = found.current === true;
    const content = asVersion({ content: found.content, current });
    // VIEW-6: who kept it while it was current has it without the mark.
    return answerUnderConditions(headers, { ...found, content }, this.clock.now(), current);
  }
}
