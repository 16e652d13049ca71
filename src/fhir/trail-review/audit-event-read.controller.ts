import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import { findRecord } from '../../access/audit/audit-query.js';
import { isUuid } from '../../access/choke-point.js';
import type { Directory } from '../../directory/organisation.js';
import type { SqlConnection } from '../../persistence/database.js';
import { FhirAnswer } from '../answer.js';
import { DATABASE, DIRECTORY } from '../dependencies.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { Trail } from '../trail.js';
import { renderAuditEvent } from './audit-event.js';
import { reviewedUnits } from './review.js';

/** `GET AuditEvent/[id]` (ACC-5). @see https://hl7.org/fhir/R4/http.html#read */
@Controller('fhir/AuditEvent')
export class AuditEventReadController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get(':id')
  async read(@Param('id') id: string, @Access() access: AccessContext): Promise<FhirAnswer> {
    const units = reviewedUnits(access, this.directory);
    const found = units === undefined || !isUuid(id) ? undefined : await findRecord(this.database, units, id);
    const detail = { resource: `AuditEvent/${isUuid(id) ? id : 'not-an-id'}` };
    if (found === undefined) {
      await this.trail.record(access, 'read', 'refused', {}, { ...detail, rule: 'ACC-5' });
      throw fault('not-found');
    }
    await this.trail.record(
      access,
      'read',
      'success',
      { personId: found.personId, caseId: found.caseId, ground: 'review' },
      detail,
    );
    return new FhirAnswer(200, renderAuditEvent(found));
  }
}
