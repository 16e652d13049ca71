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
import { findOverview } from './find-overview.js';
import { overviewOf } from './overview.js';

const operation = '$overview';

/**
 * `GET CarePlan/[id]/$overview`: the steps of a case for the unit and role of the caller (VIEW-2, VIEW-3, VIEW-12). By POST too, which is
 * how clients call an operation whose definition they have not read.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class OverviewController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(KINDS) private readonly kinds: CaseKinds,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get('CarePlan/:id/$overview')
  get(@Param('id') id: string, @Access() access: AccessContext): Promise<FhirAnswer> {
    return this.#answer(id, access);
  }

  @Post('CarePlan/:id/$overview')
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
    const found = await findOverview(this.database, access, id);
    const touched = { personId: found?.personId ?? null, caseId: found === undefined ? null : id };
    const detail = { resource: `CarePlan/${isUuid(id) ? id : 'not-an-id'}` };
    if (found?.seen !== true) {
      await this.trail.record(access, operation, 'refused', touched, { ...detail, rule: 'ACC-1' });
      throw fault('not-found');
    }
    await this.trail.record(access, operation, 'success', touched, detail);
    const { units, actor } = access;
    const viewer = { units, ...(actor === undefined ? {} : { responsibilities: actor.responsibilities }) };
    const { todos } = this.kinds;
    const stepOf = (kind: string) => (Object.hasOwn(todos, kind) ? todos[kind]?.step : undefined);
    return new FhirAnswer(200, overviewOf(found.plan, found.tasks, viewer, stepOf));
  }
}
