import type { Session } from '../log/log.js';
import type { Decision } from '../process/rejections/rejection.js';
import type { AnyCommand, AnyEvent } from '../process/case/kind-of-case.js';
import type { SharedCommand } from '../process/case/shared-subjects.js';
import type { CaseState } from '../process/case/state.js';
import type { Uuid } from '../process/vocabulary.js';
import type { CaseKind } from './kinds/case-kind.js';
import { systemActor } from './dependencies.js';
import { tellUnder } from './run-under-case.js';
import { wardNoticeStream } from './streams/of-no-case.js';

/**
 * Runs a command on a case, in the caller's transaction. What a ward of another organisation was asked about it stands as long as the case
 * says, and no longer, whatever ended it (SVU-42); and what hangs on the case is told who has left it.
 */
export async function executeOnCase(
  session: Session,
  kind: CaseKind,
  caseId: Uuid,
  command: SharedCommand | AnyCommand,
): Promise<{ readonly decision: Decision<AnyEvent>; readonly state: CaseState | undefined }> {
  const { stream, elsewhere } = kind;
  const { state: before } = await session.load(stream, caseId);
  const { decision, state } = await session.execute(stream, caseId, command);
  const events = decision.events ?? [];
  if (state === undefined || events.length === 0) return { decision, state };
  await tellUnder(session, kind, caseId, { before, after: state }, { at: command.at, by: command.by });
  const context = { at: command.at, by: systemActor('journal') };
  for (const { notice, end } of elsewhere?.asked(state) ?? []) {
    if (end !== undefined)
      await session.execute(wardNoticeStream, notice, { type: 'close-notice', ...context, data: { end } });
    // A new move is told by its own message.
    else if (!events.some((event) => elsewhere?.askedBy(event) !== undefined))
      await session.execute(wardNoticeStream, notice, { type: 'ask-again', ...context, data: {} });
  }
  return { decision, state };
}
