import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import type { CaseKinds } from '../../cases/case-kind.js';
import type { SqlConnection } from '../../persistence/database.js';
import { FhirAnswer } from '../answer.js';
import { CLOCK, DATABASE, KINDS, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { readNoParameters } from '../operations/no-parameters.js';
import { fault } from '../outcome.js';
import { Trail } from '../trail.js';
import { backgroundBundle } from './background-bundle.js';
import { findBackground } from './find-background.js';

const operation = '$background';

/**
 * `GET CarePlan/[id]/$background`: the care plans that journals have of the patient (docs/decisions/0029). By POST too, which
 * is how clients call an operation whose definition they have not read.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class BackgroundController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(KINDS) private readonly kinds: CaseKinds,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get('CarePlan/:id/$background')
  get(@Param('id') id: string, @Access() access: AccessContext): Promise<FhirAnswer> {
    return this.#answer(id, access);
  }

  @Post('CarePlan/:id/$background')
  @HttpCode(200)
  async post(
    @Param('id') id: string,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    await readNoParameters(body, this.settings, this.clock);
    return this.#answer(id, access);
  }

  /** Nothing to see is 404, as at every door, and who tried is written down. */
  async #answer(id: string, access: AccessContext): Promise<FhirAnswer> {
    const found = await findBackground(this.database, this.kinds, access, id);
    const touched = { personId: found?.personId ?? null, caseId: found === undefined ? null : id };
    const detail = { resource: `CarePlan/${isUuid(id) ? id : 'not-an-id'}` };
    if (found?.plans === undefined || found.personId === null) {
      const rule = found?.seen === true ? 'CON-5' : 'ACC-1';
      await this.trail.record(access, operation, 'refused', touched, { ...detail, rule });
      throw fault(found?.seen === true ? 'no-background' : 'not-found');
    }
    await this.trail.record(access, operation, 'success', touched, { ...detail, plans: found.plans.length });
    return new FhirAnswer(200, backgroundBundle(id, found.personId, found.plans, this.clock.now()));
  }
}
