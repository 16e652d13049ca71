import { happened, stated } from '../case/event.js';
import type { OfType } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import { nameOf, policyOfCase } from '../case/questions.js';
import { sharedLevel } from '../case/shared-level.js';
import type { Decider } from '../decider.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { evolveBy } from '../subject.js';
import { isOpenFor, withoutUnit } from '../under-case/following-case.js';
import { todosUnderCase } from '../under-case/todos-under-case.js';
import { addressed } from './addressing.js';
import { messageTodoKinds, toAcknowledge, withoutOpen } from './message-todos.js';
import type { MessageCommand, MessageEvent, MessageState } from './message.js';

const todos = todosUnderCase(messageTodoKinds);

/** What a unit writes to the others of a case, whatever the kind of case (MSG-1 to MSG-4, MSG-7, MSG-9). */
export const message: Decider<MessageState, MessageCommand, MessageEvent> = { decide, evolve };

const evolving: {
  readonly [Type in Exclude<MessageEvent['type'], 'MessageSent'>]: (
    state: MessageState,
    event: OfType<MessageEvent, Type>,
  ) => MessageState;
} = {
  ...todos.evolve,
  MessageAnnulled: annulled,
  UnitLeftCase: (state, event) => withoutUnit(state, event.data, event),
  PersonOfCaseReplaced: (state, { data }) => ({ ...state, personId: data.personId }),
};

/** Every event that a message can have. */
export const messageEvents: ReadonlySet<string> = new Set(['MessageSent', ...Object.keys(evolving)]);

function decide(command: MessageCommand, state: MessageState | undefined): Decision<MessageEvent> {
  if (command.type === 'send') return state === undefined ? decideSend(command) : reject('step-unknown');
  if (state === undefined) return reject('step-unknown');
  switch (command.type) {
    case 'annul':
      return decideAnnul(command, state);
    case 'unit-left': {
      const { unit } = command.data;
      const concerned = Object.values(state.todos).some(isOpenFor(unit));
      return concerned ? accept(happened(command, 'UnitLeftCase', command.data)) : accept();
    }
    case 'replace-person':
      return state.personId === command.data.personId
        ? accept()
        : accept(happened(command, 'PersonOfCaseReplaced', command.data));
    default:
      return todos.decide(command, state);
  }
}

/** Sent while the case is shared in full and goes on, by a unit that takes part; under a refusal nothing beyond CON-5 is kept. */
function decideSend(command: OfType<MessageCommand, 'send'>): Decision<MessageEvent> {
  const { of, data } = command;
  const admission = admit(command, of, {
    phases: ['published'],
    wrongPhase: { draft: reject('message-in-draft') },
  });
  if (admission.rejected !== undefined) return admission.rejected;
  const undecided = withoutDecision(of);
  if (undecided !== undefined) return undecided;
  if (sharedLevel(of) !== 'full') return reject('refusal-shares-minimum', { field: 'text' });
  if (policyOfCase(of).messagesOnlyDuringStay && !data.duringStay) return reject('message-after-stay');
  const text = stated(data.text);
  if (text === undefined) return reject('message-without-text', { field: 'text' });
  const { unit } = admission.user;
  const addressing = addressed(of, unit, data);
  if (addressing.rejected !== undefined) return addressing.rejected;
  const { to } = addressing;
  const named = [...new Set([...to.recipients, ...to.acknowledgedBy])].toSorted();
  return accept(
    happened(command, 'MessageSent', {
      caseId: data.caseId,
      personId: of.personId,
      text,
      ...to,
      unitNames: Object.fromEntries(named.map((each) => [each, nameOf(of, each)])),
      ...(data.answers === undefined ? {} : { answers: data.answers.id }),
      ...(data.attachment === undefined ? {} : { attachment: data.attachment }),
    }),
  );
}

/** MSG-3: it stays readable, marked; also of a case that is over. */
function decideAnnul(
  command: OfType<MessageCommand, 'annul'>,
  { sentBy, annulled: before }: MessageState,
): Decision<MessageEvent> {
  const { of } = command;
  if (of.phase === 'annulled') return reject('case-annulled');
  const admission = admit(command, of, { phases: [of.phase] });
  if (admission.rejected !== undefined) return admission.rejected;
  if (sentBy.kind !== 'user' || sentBy.unit !== admission.user.unit)
    return reject('annulled-by-sender-alone');
  return before === undefined ? accept(happened(command, 'MessageAnnulled', {})) : accept();
}

/** Never refuses: what this build does not know changes nothing, and a log without its beginning is borne. */
function evolve(state: MessageState | undefined, event: MessageEvent): MessageState {
  if (event.type === 'MessageSent') return state ?? sent(event);
  return evolveBy<MessageState, never, MessageEvent>(
    { evolve: evolving as never },
    state ?? {
      caseId: '',
      personId: '',
      text: '',
      recipients: [],
      unitNames: {},
      sentAt: event.at,
      sentBy: event.by,
      todos: {},
    },
    event,
  );
}

function sent({
  at,
  by,
  data: { acknowledgedBy, ...message },
}: OfType<MessageEvent, 'MessageSent'>): MessageState {
  return { ...message, sentAt: at, sentBy: by, todos: toAcknowledge(acknowledgedBy, at) };
}

function annulled(state: MessageState, event: OfType<MessageEvent, 'MessageAnnulled'>): MessageState {
  const { at, by } = event;
  return { ...state, annulled: { at, by }, todos: withoutOpen(state.todos, event) };
}
