import type { Session } from '../log/log.js';
import type { Decision } from '../process/rejections/rejection.js';
import type { SvuCommand } from '../process/svu/commands.js';
import { askedElsewhere } from '../process/svu/elsewhere.js';
import type { SvuEvent } from '../process/svu/events.js';
import type { SvuState } from '../process/svu/state.js';
import type { Uuid } from '../process/vocabulary.js';
import { systemActor } from './dependencies.js';
import { svuStream, wardNoticeStream } from './streams.js';

/**
 * Runs a command on a case, in the caller's transaction. What a ward of another organisation was asked about it stands as long as the case
 * says, and no longer, whatever ended it (SVU-42).
 */
export async function executeOnCase(
  session: Session,
  caseId: Uuid,
  command: SvuCommand,
): Promise<{ readonly decision: Decision<SvuEvent>; readonly state: SvuState | undefined }> {
  const { decision, state } = await session.execute(svuStream, caseId, command);
  const events = decision.events ?? [];
  if (state === undefined || events.length === 0) return { decision, state };
  const context = { at: command.at, by: systemActor('journal') };
  for (const { notice, end } of askedElsewhere(state)) {
    if (end !== undefined)
      await session.execute(wardNoticeStream, notice, { type: 'close-notice', ...context, data: { end } });
    // A new move is told by its own message.
    else if (!events.some(({ type }) => type === 'MovedElsewhereNoted'))
      await session.execute(wardNoticeStream, notice, { type: 'ask-again', ...context, data: {} });
  }
  return { decision, state };
}
