import { message } from '../process/message/message-decider.js';
import { circleOfMessage } from '../process/message/message.js';
import type { MessageCommand, MessageState } from '../process/message/message.js';
import { membersOf } from '../process/case/circles.js';
import type { CaseState } from '../process/case/state.js';
import { reject } from '../process/rejections/rejection.js';
import type { Session } from '../log/log.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import type { CasesDependencies } from './dependencies.js';
import { messageStream } from './streams/under-case/message.js';
import { executeOnCase } from './on-case.js';
import { hasSentItsShare } from './share-of-case.js';
import { runWithCase } from './run-under-case.js';
import type { HooksUnderCase, OutcomeUnderCase, RequestUnderCase } from './run-under-case.js';

/** What a unit writes, as it was read; whether the stay goes on the case says, and who reads what is answered its message. */
export type MessageAsked = Omit<
  Extract<MessageCommand, { type: 'send' }>['data'],
  'caseId' | 'duringStay' | 'answers'
> & { readonly answers?: Uuid };

/**
 * Writes a message under a case, and lets the case open it to those alone whom it was directed to (MSG-1).
 *
 * @param messageId of the new message
 * @returns undefined when there is no such case, or no such message to answer in it
 */
export function sendMessage(
  deps: CasesDependencies,
  request: RequestUnderCase & { readonly messageId: Uuid; readonly asked: MessageAsked },
  hooks: HooksUnderCase,
): Promise<OutcomeUnderCase | undefined> {
  const { caseId, messageId, asked } = request;
  return runWithCase(deps, request, hooks, async (session, { kind, state: of }, moment) => {
    if (kind.messages === undefined) return reject('no-messages-here');
    const answered = await answeredBy(session, caseId, asked, of, moment.by);
    if (answered === undefined) return undefined;
    const { answers: _id, ...written } = asked;
    const data = { ...written, ...answered, caseId, duringStay: kind.messages.duringStay(of) };
    const command = { type: 'send', ...moment, of, data } as const;
    const senders = await sendersIn(session, caseId);
    if (hasSentItsShare(moment.by.unit, deps.messageLimit, { senders })) {
      // Who may not write at all is told that.
      const { rejection } = message.decide(command, undefined);
      const full = reject('messages-full', { values: { most: String(deps.messageLimit) } });
      return rejection === undefined ? full : { rejection };
    }
    const { decision, state } = await session.execute(messageStream, messageId, command);
    if (state?.readers === undefined) return decision;
    const circle = { type: 'form-circle', ...moment, data: { units: state.readers } };
    const formed = await executeOnCase(session, kind, caseId, circle);
    // The message asked whether there is room; what was written of it must not stand alone.
    if (formed.decision.rejection !== undefined) throw new Error('a case formed no circle for a message');
    return decision;
  });
}

/** The unit of each message of the case. Their number is bounded, for this is read with each that is sent. */
async function sendersIn({ sql }: Session, caseId: Uuid): Promise<readonly string[]> {
  const { rows } = await sql.query<{ unit: string }>(
    `select event.actor ->> 'unit' as unit from resource
      join event on event.stream_id = resource.stream_id and event.stream_version = 1 and event.stream_type = $2
      where resource.about && array[$1]::uuid[] and resource.case_id = $1 and resource.type = 'Communication'`,
    [caseId, messageStream.name],
  );
  return rows.map(({ unit }) => unit);
}

/** The message that is answered, with who reads it now; undefined where the sender knows of none such in the case. */
async function answeredBy(
  session: Session,
  caseId: Uuid,
  { answers }: MessageAsked,
  of: CaseState,
  { unit }: UserActor,
): Promise<
  { readonly answers?: { readonly id: Uuid; readonly readers?: MessageState['readers'] & {} } } | undefined
> {
  if (answers === undefined) return {};
  if ((await session.typeOf(answers)) !== messageStream.name) return undefined;
  const { state } = await session.load(messageStream, answers);
  if (state?.caseId !== caseId) return undefined;
  const circle = circleOfMessage(state);
  if (circle === undefined) return { answers: { id: answers } };
  const readers = membersOf(of, circle, state.readers ?? []);
  return readers.includes(unit) ? { answers: { id: answers, readers } } : undefined;
}

/** MSG-3: the unit that sent it takes it back. */
export function annulMessage(
  deps: CasesDependencies,
  request: RequestUnderCase & { readonly messageId: Uuid },
  hooks: HooksUnderCase,
): Promise<OutcomeUnderCase | undefined> {
  const { messageId } = request;
  return runWithCase(deps, request, hooks, async (session, { state: of }, moment) => {
    if ((await session.typeOf(messageId)) !== messageStream.name) return undefined;
    const command = { type: 'annul', ...moment, of, data: {} } as const;
    return (await session.execute(messageStream, messageId, command)).decision;
  });
}
