import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Questionnaire } from 'fhir/r4.js';
import { renderQuestionnaire } from '../../projection/form/questionnaire.js';
import type { Questionnaires } from '../../questionnaires/questionnaires.js';
import { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import { QUESTIONNAIRES, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { formParameters, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { unknownParameter } from '../search/parameter-name.js';
import { readCriteria, unescape } from '../search/search-input.js';
import { selfOf } from '../search/self-link.js';

const criteriaOf: Readonly<Record<string, (of: Questionnaire) => string | undefined>> = {
  url: ({ url }) => url,
  version: ({ version }) => version,
};

/**
 * `GET Questionnaire/[id]`, `Questionnaire?url=&version=`: what the forms of the hub ask, every version. To everybody, as the
 * CapabilityStatement, because they tell of nobody; so no record is left of it.
 * @see https://hl7.org/fhir/R4/http.html#read
 */
@Controller('fhir/Questionnaire')
export class QuestionnaireController {
  readonly #all: readonly (Questionnaire & { readonly id: string })[];

  constructor(
    @Inject(QUESTIONNAIRES) questionnaires: Questionnaires,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
  ) {
    this.#all = questionnaires.all.map(renderQuestionnaire);
  }

  @Get(':id')
  @Public()
  read(@Param('id') id: string): FhirAnswer {
    const found = this.#all.find((each) => each.id === id);
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
    const unknown = criteria.find(
      ({ name, modifier }) => !Object.hasOwn(criteriaOf, name) || modifier !== undefined,
    );
    if (unknown !== undefined) throw unknownParameter(unknown.name, 'Questionnaire');
    const found = criteria
      .filter(({ values }) => values.length > 0)
      .reduce(
        (left, { name, values }) =>
          left.filter((each) => values.map(unescape).includes(criteriaOf[name]?.(each) ?? '')),
        this.#all,
      );
    const address = `${this.settings.baseUrl}/Questionnaire`;
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
