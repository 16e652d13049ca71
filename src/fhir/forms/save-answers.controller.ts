import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { saveAnswers } from '../../cases/forms.js';
import type { OutcomeOfSaving } from '../../cases/forms.js';
import { standingExtension } from '../../projection/form/form.js';
import type { FhirAnswer } from '../answer.js';
import { FhirError } from '../fhir-error.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { CASES } from '../write/injection-tokens.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { afterStep, requireTarget } from '../write/target.js';
import { Writer } from '../write/writer.js';
import { expressionOfField, readFields } from './fields-input.js';

/**
 * `POST QuestionnaireResponse/[id]/$save-answers` saves fields of a form, each with the version in which it was seen (SVU-14). The answer is
 * the form as it now is. Of a field that somebody else has changed meanwhile the later is 409, which shows what it says now.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class SaveAnswersController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
  ) {}

  @Post('QuestionnaireResponse/:id/$save-answers')
  @HttpCode(200)
  save(
    @Param('id') id: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    const request = writeRequest(context, 'POST', http, '$save-answers', `QuestionnaireResponse/${id}`);
    return this.writer.run(request, async (step) => {
      const found = await requireTarget(this.cases.sql, request, 'QuestionnaireResponse', id, step);
      const { caseId, personId } = found;
      // The answers behind a harm assessment are no form: they stand in the stream of the case.
      if (caseId === null || personId === null || found.streamId !== id) throw fault('unknown-path');
      const { fields } = await step.body('Parameters').read(readFields);
      const outcome = await saveAnswers(
        this.cases,
        { by: step.by, requestId: request.context.requestId, caseId, personId, formId: id, fields },
        {
          before: async ({ sql }) => {
            await requireTarget(sql, request, 'QuestionnaireResponse', id, step);
          },
          after: async (session) => {
            const left = await afterStep(session.sql, request.context, 'QuestionnaireResponse', id);
            await step.answer(session, 200, left);
          },
        },
      );
      if (outcome === undefined) throw fault('not-found');
      if (!outcome.accepted) throw rejected(outcome, fields);
    });
  }
}

/** What stands in the field is shown to who was rejected, and not kept with the Idempotency-Key: a refusal must reach it (CON-5). */
function rejected(
  { rejection, standing }: Extract<OutcomeOfSaving, { accepted: false }>,
  fields: Parameters<typeof expressionOfField>[0],
): FhirError {
  const answer = rejectionAnswer(rejection, (linkId) => expressionOfField(fields, linkId));
  if (standing === undefined) return answer;
  const shown = standingExtension(standing.linkId, standing.answer);
  const issues = answer.issues.map((issue) => ({ ...issue, extension: [...(issue.extension ?? []), shown] }));
  return new FhirError(answer.status, issues, answer.headers, answer.issues);
}
