import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Questionnaire } from 'fhir/r4.js';
import { renderQuestionnaire } from '../../projection/form/questionnaire.js';
import type { Questionnaires } from '../../questionnaires/questionnaires.js';
import type { FhirAnswer } from '../answer.js';
import { QUESTIONNAIRES, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { PublishedResources } from '../terminology/published-resources.js';

/**
 * `GET Questionnaire/[id]`, `Questionnaire?url=&version=`: what the forms of the hub ask, every version.
 * @see https://hl7.org/fhir/R4/http.html#read
 */
@Controller('fhir/Questionnaire')
export class QuestionnaireController {
  readonly #all: PublishedResources<Questionnaire>;

  constructor(
    @Inject(QUESTIONNAIRES) questionnaires: Questionnaires,
    @Inject(SETTINGS) settings: FacadeSettings,
  ) {
    this.#all = new PublishedResources<Questionnaire>(
      'Questionnaire',
      questionnaires.all.map(renderQuestionnaire),
      { url: ({ url }) => url, version: ({ version }) => version },
      settings.baseUrl,
    );
  }

  @Get(':id')
  @Public()
  read(@Param('id') id: string): FhirAnswer {
    return this.#all.read(id);
  }

  @Get()
  @Public()
  @ReadsParameters()
  search(@Req() request: FastifyRequest): FhirAnswer {
    return this.#all.search(request);
  }

  @Post('_search')
  @HttpCode(200)
  @ReadsParameters()
  post(@Req() request: FastifyRequest, @Body() body: unknown): FhirAnswer {
    return this.#all.searchByPost(request, body);
  }
}
