import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Parameters } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { SqlConnection } from '../../persistence/database.js';
import { currentSystemNotices } from '../../persistence/system-notices.js';
import { codeSystems, coding } from '../../projection/codes/codes.js';
import { FhirAnswer } from '../answer.js';
import { CLOCK, DATABASE, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { readNoParameters } from '../operations/no-parameters.js';
import { Trail } from '../trail.js';

type Kind = keyof typeof codeSystems.systemNotice.concepts;

/**
 * `POST Communication/$system-notices`: what the operator tells every user now, such as a planned downtime (VIEW-10). It is about no case and
 * no person, so whoever has a token reads it.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class SystemNoticesController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Post('Communication/$system-notices')
  @HttpCode(200)
  async read(@Body() body: unknown, @Access() access: AccessContext): Promise<FhirAnswer> {
    await readNoParameters(body, this.settings, this.clock);
    const notices = await currentSystemNotices(this.database, this.clock.now());
    await this.trail.record(access, '$system-notices', 'success', {}, { notices: notices.length });
    const parameter = notices.map(({ id, kind, text, shownFrom, shownUntil, writtenAt }) => ({
      name: 'notice',
      part: [
        { name: 'id', valueUuid: `urn:uuid:${id}` },
        { name: 'kind', valueCoding: coding(codeSystems.systemNotice, kind as Kind) },
        { name: 'text', valueString: text },
        { name: 'from', valueInstant: shownFrom.toISOString() },
        { name: 'until', valueInstant: shownUntil.toISOString() },
        { name: 'written', valueInstant: writtenAt.toISOString() },
      ],
    }));
    const answer: Parameters = {
      resourceType: 'Parameters',
      ...(parameter.length > 0 && { parameter }),
    };
    return new FhirAnswer(200, answer);
  }
}
