import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { openCase } from '../../cases/open-case.js';
import type { FhirAnswer } from '../answer.js';
import { Access } from '../http/access.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { afterStep } from '../write/target.js';
import { CASES, CATALOGUE } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';
import { expressionOfOpening, readCarePlan } from './care-plan-input.js';

/** `POST CarePlan` opens a case. @see https://hl7.org/fhir/R4/http.html#create */
@Controller('fhir')
export class CreateCarePlanController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
    @Inject(CATALOGUE) private readonly catalogue: CatalogueReferences,
  ) {}

  @Post('CarePlan')
  @HttpCode(201)
  create(@Req() http: HttpRequest, @Access() context: AccessContext): Promise<FhirAnswer> {
    const request = writeRequest(context, 'POST', http, 'create', 'CarePlan');
    return this.writer.run(request, async (step) => {
      const input = await step
        .body('CarePlan')
        .read((plan) => readCarePlan(plan, this.cases.kinds, step.by, this.catalogue));
      const outcome = await openCase(
        this.cases,
        { ...input, by: step.by, requestId: context.requestId },
        async (session, { caseId, personId }) => {
          step.touch({ caseId, personId });
          await step.answer(session, 201, await afterStep(session.sql, context, 'CarePlan', caseId));
        },
      );
      if (!outcome.opened) {
        if (outcome.openCase !== undefined) step.touch({ caseId: outcome.openCase });
        throw rejectionAnswer(outcome.rejection, (field) => expressionOfOpening(input.kind, field));
      }
    });
  }
}
