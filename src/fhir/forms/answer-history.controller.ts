import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import { actorReference } from '../../projection/form/form.js';
import type { SqlConnection } from '../../persistence/database.js';
import { FhirAnswer } from '../answer.js';
import { CLOCK, DATABASE, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { formParameters, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { unknownParameter } from '../search/parameter-name.js';
import { SubmittedBody, submissionTo } from '../submitted/submitted-body.js';
import type { Submitted } from '../submitted/submitted.js';
import { Trail } from '../trail.js';
import { findAnswerHistory, mostAnswers } from './find-answer-history.js';
import type { EarlierAnswer } from './find-answer-history.js';

const operation = '$answer-history';
const latest = 2_147_483_647;

type Asked = { readonly linkId: string; readonly before: number };

/**
 * `GET QuestionnaireResponse/[id]/$answer-history?linkId=`: what a field of a form says and has said, by whom and when (SVU-14, PLB-2). By POST
 * too, which is how clients call an operation whose definition they have not read.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class AnswerHistoryController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get('QuestionnaireResponse/:id/$answer-history')
  @ReadsParameters()
  get(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    return this.#answer(id, access, fromQuery(queryOf(request)));
  }

  @Post('QuestionnaireResponse/:id/$answer-history')
  @HttpCode(200)
  async post(
    @Param('id') id: string,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    const sent = new SubmittedBody('Parameters', body, submissionTo(this.settings, this.clock));
    return this.#answer(id, access, await sent.read(fromParameters));
  }

  /** Nothing to see is 404, as at every door, and who tried is written down; a field that the form lacks is 400. */
  async #answer(id: string, access: AccessContext, asked: Asked): Promise<FhirAnswer> {
    const found = await findAnswerHistory(this.database, access, id, asked);
    const touched = { personId: found?.personId ?? null, caseId: found?.caseId ?? null };
    const detail = { resource: `QuestionnaireResponse/${isUuid(id) ? id : 'not-an-id'}` };
    if (found?.seen !== true) {
      await this.trail.record(access, operation, 'refused', touched, { ...detail, rule: 'ACC-1' });
      throw fault('not-found');
    }
    if (!found.asked) {
      await this.trail.record(access, operation, 'refused', touched, { ...detail, rule: 'SVU-14' });
      throw fault('bad-parameter', { values: { parameter: 'linkId' } });
    }
    await this.trail.record(access, operation, 'success', touched, detail);
    return new FhirAnswer(200, rendered(found.answers));
  }
}

/** FHIR has no empty arrays: of a field that nobody has written in there is no `parameter`. */
function rendered(answers: readonly EarlierAnswer[]): Parameters {
  if (answers.length === 0) return { resourceType: 'Parameters' };
  return {
    resourceType: 'Parameters',
    parameter: [
      ...answers.slice(0, mostAnswers).map((each) => ({ name: 'answer', part: partsOf(each) })),
      ...(answers.length > mostAnswers ? [{ name: 'more', valueBoolean: true }] : []),
    ],
  };
}

const partsOf = ({ version, at, by, value }: EarlierAnswer): ParametersParameter[] => [
  { name: 'version', valuePositiveInt: version },
  { name: 'at', valueDateTime: at.toISOString() },
  { name: 'by', valueReference: actorReference(by) },
  ...(value === undefined
    ? []
    : [
        typeof value === 'string'
          ? { name: 'value', valueString: value }
          : { name: 'value', valueBoolean: value },
      ]),
];

/** @throws {FhirError} 400 for a parameter that is not known, that is missing or that has no such value */
function fromQuery(query: URLSearchParams): Asked {
  const unknown = [...query.keys()].find(
    (name) => name !== 'linkId' && name !== 'before' && !formParameters.has(name),
  );
  if (unknown !== undefined) throw unknownParameter(unknown, operation);
  const [linkId, ...more] = query.getAll('linkId');
  const [before, ...further] = query.getAll('before').filter((value) => value !== '');
  const wrong = (parameter: string) => fault('bad-parameter', { values: { parameter } });
  if (linkId === undefined || linkId === '' || linkId.length > 64 || more.length > 0) throw wrong('linkId');
  if (further.length > 0 || (before !== undefined && !/^[1-9]\d{0,8}$/u.test(before))) throw wrong('before');
  return { linkId, before: before === undefined ? latest : Number(before) };
}

function fromParameters(sent: Submitted<Parameters>): Asked | undefined {
  let linkId: string | undefined;
  let before: number | undefined;
  for (const parameter of sent.children('parameter')) {
    const name = parameter.value('name');
    const expect = (expected: string): undefined => parameter.fault('value-not-taken', '', { expected });
    if (name === 'linkId' && linkId === undefined)
      linkId = parameter.value('valueString')?.slice(0, 65) ?? expect('valueString');
    else if (name === 'before' && before === undefined)
      before = parameter.value('valuePositiveInt') ?? expect('valuePositiveInt');
    else {
      parameter.takeAll();
      parameter.fault('unknown-operation-parameter');
    }
  }
  if (linkId === undefined) return sent.fault('required', ".parameter.where(name='linkId')");
  return { linkId, before: before ?? latest };
}
