import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Parameters } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { openForm } from '../../cases/forms.js';
import type { Questionnaire } from '../../process/form/questionnaire.js';
import type { Questionnaires } from '../../questionnaires/questionnaires.js';
import type { FhirAnswer } from '../answer.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { expressionOfParameter } from '../operations/parameters-input.js';
import type { Submitted } from '../submitted/submitted.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { CASES } from '../write/injection-tokens.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { afterStep, requireTarget } from '../write/target.js';
import { Writer } from '../write/writer.js';

/**
 * `POST CarePlan/[id]/$open-form` opens a form under a case, of whatever kind (SVU-14, SVU-32); where it is open already, that is the answer.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class OpenFormController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
  ) {}

  @Post('CarePlan/:id/$open-form')
  @HttpCode(200)
  open(
    @Param('id') id: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    const request = writeRequest(context, 'POST', http, '$open-form', `CarePlan/${id}`);
    return this.writer.run(request, async (step) => {
      const { personId } = await requireTarget(this.cases.sql, request, 'CarePlan', id, step);
      if (personId === null) throw fault('not-found');
      const { questionnaires } = this.cases;
      const { questionnaire } = await step.body('Parameters').read((sent) => readWhich(sent, questionnaires));
      const outcome = await openForm(
        this.cases,
        {
          by: step.by,
          requestId: request.context.requestId,
          caseId: id,
          personId,
          formId: randomUUID(),
          questionnaire,
        },
        {
          before: async ({ sql }) => {
            await requireTarget(sql, request, 'CarePlan', id, step);
          },
          after: async (session, form) => {
            const found = await afterStep(session.sql, request.context, 'QuestionnaireResponse', form.id);
            await step.answer(session, form.isNew ? 201 : 200, found);
          },
        },
      );
      if (outcome === undefined) throw fault('not-found');
      if (!outcome.accepted) throw rejectionAnswer(outcome.rejection, () => undefined);
    });
  }
}

/** The kind of form by its canonical, with the newest version or none. */
function readWhich(
  sent: Submitted<Parameters>,
  questionnaires: Questionnaires,
): { readonly questionnaire: Questionnaire } | undefined {
  let questionnaire: Questionnaire | undefined;
  const [first, ...more] = sent.children('parameter');
  for (const other of more) {
    other.fault('unknown-operation-parameter');
    other.takeAll();
  }
  if (first === undefined) return sent.fault('required', `.${at}`);
  if (!first.is('name', 'questionnaire')) {
    first.takeAll();
    return first.fault('unknown-operation-parameter');
  }
  const canonical = first.value('valueCanonical');
  if (canonical === undefined) return first.fault('value-not-taken', '', { expected: 'valueCanonical' });
  const [url = '', version, ...rest] = canonical.split('|');
  questionnaire = questionnaires.newest(url);
  if (
    questionnaire === undefined ||
    rest.length > 0 ||
    (version !== undefined && version !== String(questionnaire.version))
  )
    return first.fault('value-not-taken', '.value', {
      expected: questionnaires.urls.join(', '),
    });
  return { questionnaire };
}

const at = expressionOfParameter('questionnaire').replace(/^Parameters\./u, '');
