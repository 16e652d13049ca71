import { Controller, Get, Inject } from '@nestjs/common';
import { FhirAnswer } from '../answer.js';
import { CLOCK, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { capabilityStatement } from './capability-statement.js';

/** `GET metadata`. @see https://hl7.org/fhir/R4/http.html#capabilities */
@Controller('fhir')
export class CapabilitiesController {
  readonly #statement: string;

  constructor(@Inject(SETTINGS) settings: FacadeSettings, @Inject(CLOCK) clock: Clock) {
    this.#statement = JSON.stringify(capabilityStatement(settings, clock.now()));
  }

  @Get('metadata')
  @Public()
  capabilities(): FhirAnswer {
    return new FhirAnswer(200, this.#statement);
  }
}
