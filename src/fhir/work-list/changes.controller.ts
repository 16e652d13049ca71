import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Parameters } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { SqlConnection } from '../../persistence/database.js';
import { FhirAnswer } from '../answer.js';
import { CLOCK, DATABASE, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { readNoParameters } from '../operations/no-parameters.js';
import { fault } from '../outcome.js';
import { Trail } from '../trail.js';
import { findListed, mostListed } from './find-work-list.js';
import { findLooked, isChanged } from './looked.js';

/**
 * `POST CarePlan/$changes`: how many cases of the unit's list have changed since the user last looked at it (VIEW-4). It says a number and no
 * case, so no case is read.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class ChangesController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Post('CarePlan/$changes')
  @HttpCode(200)
  async count(@Body() body: unknown, @Access() access: AccessContext): Promise<FhirAnswer> {
    await readNoParameters(body, this.settings, this.clock);
    const { actor, units } = access;
    if (actor === undefined) throw fault('not-for-system');
    const looked = await findLooked(this.database, actor);
    const listed = await findListed(this.database, {
      units,
      now: this.clock.now(),
      contact: [],
      patients: false,
    });
    if (listed.length > mostListed) throw fault('list-too-long', { values: { most: String(mostListed) } });
    await this.trail.record(access, '$changes', 'success', {}, {});
    const answer: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'changed',
          valueUnsignedInt: listed.filter((each) => isChanged(looked, each)).length,
        },
        ...(looked === undefined ? [] : [{ name: 'looked', valueInstant: looked.at.toISOString() }]),
      ],
    };
    return new FhirAnswer(200, answer);
  }
}
