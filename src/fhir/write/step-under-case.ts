import type { Session } from '../../log/log.js';
import type { HooksUnderCase, OutcomeUnderCase, RequestUnderCase } from '../../cases/run-under-case.js';
import type { Uuid } from '../../process/vocabulary.js';
import { fault } from '../outcome.js';
import { rejectionAnswer } from './rejection-answer.js';
import { afterStep } from './target.js';
import type { Step, WriteRequest } from './writer.js';

/** One step of a client on what hangs on a case, or on a message outside every case. */
export type StepUnderCase = {
  readonly personId: Uuid;
  /** First in the transaction: throws when the caller may not, or when If-Match names another version. */
  readonly authorize: (session: Session) => Promise<unknown>;
  /** The resource the client is answered with. */
  readonly answer: { readonly status: 200 | 201; readonly type: string; readonly id: Uuid };
  readonly expressionOf: (field: string) => string | undefined;
  readonly run: (
    request: Omit<RequestUnderCase, 'caseId'>,
    hooks: HooksUnderCase,
  ) => Promise<OutcomeUnderCase | undefined>;
};

/** Runs a step for the user of the request, and answers with what it made of the resource. */
export async function stepUnderCase(
  request: WriteRequest,
  step: Step,
  { personId, authorize, answer, expressionOf, run }: StepUnderCase,
): Promise<void> {
  const outcome = await run(
    { by: step.by, requestId: request.context.requestId, personId },
    {
      before: async (session) => {
        await authorize(session);
      },
      after: async (session) => {
        const { status, type, id } = answer;
        await step.answer(session, status, await afterStep(session.sql, request.context, type, id));
      },
    },
  );
  if (outcome === undefined) throw fault('not-found');
  if (!outcome.accepted) throw rejectionAnswer(outcome.rejection, expressionOf);
}
