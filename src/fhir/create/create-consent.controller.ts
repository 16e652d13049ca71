import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { FhirAnswer } from '../answer.js';
import { Access } from '../http/access.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { stepOnCase } from '../write/step-on-case.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { CASES, CATALOGUE } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';
import { consentExpressions, readConsent } from './consent-input.js';
import { requireNamedCase, underCase } from './target-case.js';

/**
 * `POST Consent` registers the decision of a case; an earlier one ends in the same transaction (CON-2).
 * @see https://hl7.org/fhir/R4/http.html#create
 */
@Controller('fhir')
export class CreateConsentController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
    @Inject(CATALOGUE) private readonly catalogue: CatalogueReferences,
  ) {}

  @Post('Consent')
  @HttpCode(201)
  create(@Req() http: HttpRequest, @Access() context: AccessContext): Promise<FhirAnswer> {
    const request = writeRequest(context, 'POST', http, 'create', 'Consent');
    return this.writer.run(request, async (step) => {
      const { directory } = this.cases;
      const known = { ...underCase(request, step, this.catalogue, this.cases), directory };
      const input = await step.body('Consent').read((sent) => readConsent(sent, known));
      const decisionId = randomUUID();
      await stepOnCase(this.cases, request, step, {
        caseId: input.caseId,
        personId: input.personId,
        command: () => ({ type: 'register-decision', data: { decisionId, ...input.data } }),
        authorize: ({ sql }) => requireNamedCase(sql, request, step, input),
        answer: { status: 201, type: 'Consent', id: decisionId },
        expressionOf: (field) => consentExpressions[field],
      });
    });
  }
}
