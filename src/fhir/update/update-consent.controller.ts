import { Controller, Inject, Param, Put, Req } from '@nestjs/common';
import type { Consent } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { FhirAnswer } from '../answer.js';
import { asShown } from '../as-shown.js';
import { Access } from '../http/access.js';
import { refusal } from '../outcome.js';
import { requireStructure } from '../validation/structure.js';
import { differingElements } from '../write/difference.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { writeRefusal } from '../write/refusals.js';
import { stepOnCase } from '../write/step-on-case.js';
import { requireTarget } from '../write/target.js';
import { CASES } from '../write/tokens.js';
import { Writer } from '../write/writer.js';

/**
 * `PUT Consent` deregisters a decision: `status` from active to inactive, and nothing else (CON-8). A registered decision
 * is not changed, it is replaced by a new one. `If-Match` is honoured and recommended.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
@Controller('fhir')
export class UpdateConsentController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
  ) {}

  @Put('Consent/:id')
  update(
    @Param('id') id: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    const request = writeRequest(context, 'PUT', http, 'update', `Consent/${id}`);
    return this.writer.run(request, async (step) => {
      const sent = requireStructure('Consent', http.body);
      if (sent.id !== id) throw writeRefusal('wrong-id', { expression: 'Consent.id' });
      const found = await requireTarget(this.cases.sql, request, 'Consent', id, step);
      const stored = JSON.parse(asShown(found.content, this.cases.directory)) as Consent;
      const changed = differingElements(stored, sent);
      const other = changed.find((element) => element !== 'status');
      if (other !== undefined) {
        throw writeRefusal('element-not-changeable', {
          expression: `Consent.${other}`,
          values: { element: other },
        });
      }
      if (changed.length > 0 && sent.status !== 'inactive') {
        throw writeRefusal('value-not-taken', {
          expression: 'Consent.status',
          values: { expected: 'inactive' },
        });
      }
      if (changed.length === 0) {
        await step.answer(this.cases.sql, 200, { type: 'Consent', id, ...found });
        return;
      }
      if (found.scope === null) throw refusal('not-found');
      await stepOnCase(this.cases, request, step, {
        caseId: found.scope,
        command: { type: 'deregister-decision', data: { decisionId: id } },
        authorize: ({ sql }) => requireTarget(sql, request, 'Consent', id, step),
        answer: { status: 200, type: 'Consent', id },
        expressionOf: () => 'Consent.status',
      });
    });
  }
}
