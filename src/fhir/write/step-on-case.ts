import type { CasesDependencies } from '../../cases/dependencies.js';
import { runOnCase } from '../../cases/case-commands.js';
import type { Session } from '../../log/log.js';
import type { AnyStep } from '../../process/case/kind-of-case.js';
import { isAnnulled } from '../../process/case/questions.js';
import type { CaseState } from '../../process/case/state.js';
import type { Uuid } from '../../process/vocabulary.js';
import { fault } from '../outcome.js';
import { rejectionAnswer } from './rejection-answer.js';
import { afterStep, asLeftByStep } from './target.js';
import type { Step, WriteRequest } from './writer.js';

/** One step of a client on a case. */
export type StepOnCase = {
  readonly caseId: Uuid;
  /** Whose the case is. */
  readonly personId: Uuid;
  /** What the client asks for of the case as it is now; undefined where it is not there. */
  readonly command: (state: CaseState) => AnyStep | undefined;
  /** First in the transaction: throws when the caller may not, or when If-Match names another version. */
  readonly authorize: (session: Session) => Promise<unknown>;
  /** The resource the client is answered with. */
  readonly answer: { readonly status: 200 | 201; readonly type: string; readonly id: Uuid };
  /** The FHIRPath of a command's field in what the client sent. */
  readonly expressionOf: (field: string) => string | undefined;
};

/** Runs a step for the user of the request, and answers with what it made of the resource. */
export async function stepOnCase(
  cases: CasesDependencies,
  request: WriteRequest,
  step: Step,
  { caseId, personId, command, authorize, answer, expressionOf }: StepOnCase,
): Promise<void> {
  const outcome = await runOnCase(
    cases,
    {
      by: step.by,
      requestId: request.context.requestId,
      caseId,
      personId,
      step: command,
    },
    {
      before: async (session) => {
        await authorize(session);
      },
      after: async (session, state) => {
        const { status, type, id } = answer;
        const left = isAnnulled(state)
          ? await asLeftByStep(session.sql, type, id)
          : await afterStep(session.sql, request.context, type, id);
        await step.answer(session, status, left);
      },
    },
  );
  if (outcome === undefined) throw fault('not-found');
  if (!outcome.accepted) throw rejectionAnswer(outcome.rejection, expressionOf);
}
