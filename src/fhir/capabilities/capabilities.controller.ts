import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { FastifyRequest } from 'fastify';
import { FhirAnswer } from '../answer.js';
import { CLOCK, KINDS, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { formParameters, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { unknownParameter } from '../search/parameter-name.js';
import { capabilityStatement } from './capability-statement.js';

/** `GET metadata`. @see https://hl7.org/fhir/R4/http.html#capabilities */
@Controller('fhir')
export class CapabilitiesController {
  readonly #statement: string;

  constructor(
    @Inject(KINDS) kinds: CaseKinds,
    @Inject(SETTINGS) settings: FacadeSettings,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#statement = JSON.stringify(capabilityStatement(settings, kinds, clock.now()));
  }

  /** `mode=full` is what it gives at all times; there are no terminology capabilities to give. */
  @Get('metadata')
  @Public()
  @ReadsParameters()
  capabilities(@Req() request: FastifyRequest): FhirAnswer {
    for (const [name, value] of queryOf(request)) {
      if (formParameters.has(name)) continue;
      if (name !== 'mode') throw unknownParameter(name, 'metadata');
      if (value !== 'full' && value !== '') throw fault('bad-parameter', { values: { parameter: name } });
    }
    return new FhirAnswer(200, this.#statement);
  }
}
