import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { FastifyRequest } from 'fastify';
import type { CodeSystem } from 'fhir/r4.js';
import type { FhirAnswer } from '../answer.js';
import { KINDS, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { publishedCodeSystems } from './code-systems.js';
import { PublishedResources } from './published-resources.js';

/**
 * `GET CodeSystem/[id]` and `CodeSystem?url=`: the codes that the hub sends.
 * @see https://hl7.org/fhir/R4/http.html#read
 */
@Controller('fhir/CodeSystem')
export class CodeSystemController {
  readonly #systems: PublishedResources<CodeSystem>;

  constructor(@Inject(KINDS) kinds: CaseKinds, @Inject(SETTINGS) settings: FacadeSettings) {
    this.#systems = new PublishedResources(
      'CodeSystem',
      publishedCodeSystems(settings.softwareVersion, kinds),
      { url: ({ url }) => url },
      settings.baseUrl,
    );
  }

  @Get(':id')
  @Public()
  read(@Param('id') id: string): FhirAnswer {
    return this.#systems.read(id);
  }

  @Get()
  @Public()
  @ReadsParameters()
  search(@Req() request: FastifyRequest): FhirAnswer {
    return this.#systems.search(request);
  }

  @Post('_search')
  @HttpCode(200)
  @ReadsParameters()
  post(@Req() request: FastifyRequest, @Body() body: unknown): FhirAnswer {
    return this.#systems.searchByPost(request, body);
  }
}
