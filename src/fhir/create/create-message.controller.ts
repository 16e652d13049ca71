import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { sendMessage } from '../../cases/send-message.js';
import { sendOutsideMessage } from '../../cases/send-outside-message.js';
import type { Sql } from '../../log/log.js';
import type { FhirAnswer } from '../answer.js';
import { Access } from '../http/access.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { stepUnderCase } from '../write/step-under-case.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { afterStep, requireTarget } from '../write/target.js';
import { CASES, CATALOGUE } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';
import type { Step, WriteRequest } from '../write/writer.js';
import { messageExpressions, readMessage } from './message-input.js';
import { outsideMessageExpressions, readOutsideMessage } from './outside-message-input.js';
import type { OutsideMessageInput } from './outside-message-input.js';
import { requireNamedCase, underCase } from './target-case.js';

/**
 * `POST Communication` writes a message to others of a case (MSG-1), whatever kind of case it is; without `basedOn` it is one outside every
 * case (MSG-5).
 * @see https://hl7.org/fhir/R4/http.html#create
 */
@Controller('fhir')
export class CreateMessageController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
    @Inject(CATALOGUE) private readonly catalogue: CatalogueReferences,
  ) {}

  @Post('Communication')
  @HttpCode(201)
  create(@Req() http: HttpRequest, @Access() context: AccessContext): Promise<FhirAnswer> {
    const request = writeRequest(context, 'POST', http, 'create', 'Communication');
    return this.writer.run(request, async (step) => {
      const known = underCase(request, step, this.catalogue, this.cases);
      const body = step.body('Communication');
      if (body.lacks('basedOn')) {
        await this.sendOutside(request, step, await body.read((sent) => readOutsideMessage(sent, known)));
        return;
      }
      const input = await body.read((sent) => readMessage(sent, known));
      const { caseId, personId, asked } = input;
      const messageId = randomUUID();
      /** What is answered must be seen, as the case itself; it has no version to be held against. */
      const seesAnswered = async (sql: Sql) => {
        if (asked.answers === undefined) return;
        const unconditional = { ...request, headers: {} };
        await requireTarget(sql, unconditional, 'Communication', asked.answers, step);
      };
      await stepUnderCase(request, step, {
        personId,
        authorize: async ({ sql }) => {
          await requireNamedCase(sql, request, step, input);
          await seesAnswered(sql);
        },
        answer: { status: 201, type: 'Communication', id: messageId },
        expressionOf: (field) => messageExpressions[field],
        run: (of, hooks) => sendMessage(this.cases, { ...of, caseId, messageId, asked }, hooks),
      });
    });
  }

  private async sendOutside(
    request: WriteRequest,
    step: Step,
    { number, asked }: OutsideMessageInput,
  ): Promise<void> {
    const messageId = randomUUID();
    const { requestId } = request.context;
    const outcome = await sendOutsideMessage(
      this.cases,
      { by: step.by, requestId, number, messageId, asked },
      async (session, personId) => {
        step.touch({ personId, ground: 'message' });
        const sent = await afterStep(session.sql, request.context, 'Communication', messageId);
        await step.answer(session, 201, sent);
      },
    );
    if (!outcome.accepted)
      throw rejectionAnswer(outcome.rejection, (field) => outsideMessageExpressions[field]);
  }
}
