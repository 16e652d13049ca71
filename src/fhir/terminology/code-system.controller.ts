import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { FastifyRequest } from 'fastify';
import type { CodeSystem } from 'fhir/r4.js';
import { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import { KINDS, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { formParameters, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { unknownParameter } from '../search/parameter-name.js';
import { readCriteria, unescape } from '../search/search-input.js';
import { selfOf } from '../search/self-link.js';
import { publishedCodeSystems } from './code-systems.js';

/**
 * `GET CodeSystem/[id]` and `CodeSystem?url=`: the codes that the hub sends. To everybody, as the CapabilityStatement, because they tell of nobody; so
 * no record is left of it.
 * @see https://hl7.org/fhir/R4/http.html#read
 */
@Controller('fhir/CodeSystem')
export class CodeSystemController {
  readonly #systems: readonly CodeSystem[];

  constructor(
    @Inject(KINDS) kinds: CaseKinds,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
  ) {
    this.#systems = publishedCodeSystems(settings.softwareVersion, kinds);
  }

  @Get(':id')
  @Public()
  read(@Param('id') id: string): FhirAnswer {
    const found = this.#systems.find((each) => each.id === id);
    if (found === undefined) throw fault('not-found');
    return new FhirAnswer(200, found);
  }

  @Get()
  @Public()
  @ReadsParameters()
  search(@Req() request: FastifyRequest): FhirAnswer {
    return this.#found(queryOf(request));
  }

  @Post('_search')
  @HttpCode(200)
  @ReadsParameters()
  post(@Req() request: FastifyRequest, @Body() body: unknown): FhirAnswer {
    if (body !== undefined && !(body instanceof URLSearchParams)) throw fault('form-expected');
    return this.#found(new URLSearchParams([...queryOf(request), ...(body ?? [])]));
  }

  #found(parameters: URLSearchParams): FhirAnswer {
    const criteria = readCriteria(parameters).filter(
      ({ name, modifier }) => modifier !== undefined || !formParameters.has(name),
    );
    const unknown = criteria.find(({ name, modifier }) => name !== 'url' || modifier !== undefined);
    if (unknown !== undefined) throw unknownParameter(unknown.name, 'CodeSystem');
    const urls = criteria.filter(({ values }) => values.length > 0).map(({ values }) => values.map(unescape));
    const found = this.#systems.filter(({ url = '' }) => urls.every((each) => each.includes(url)));
    const address = `${this.settings.baseUrl}/CodeSystem`;
    return bundleAnswer(
      'searchset',
      found.length,
      [{ relation: 'self', url: selfOf(address, parameters, found.length) }],
      found.map((resource) => ({
        fullUrl: `${address}/${resource.id}`,
        resource: JSON.stringify(resource),
        search: { mode: 'match' },
      })),
    );
  }
}
