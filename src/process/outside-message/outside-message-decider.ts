import { happened, stated } from '../case/event.js';
import type { OfType } from '../case/event.js';
import type { Decider } from '../decider.js';
import { chosenToAcknowledge } from '../message/acknowledging.js';
import { toAcknowledge, withoutOpen, withoutOpenAcknowledgements } from '../message/message-todos.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { todosOfNoCase } from '../todo/todos-of-no-case.js';
import type { Actor, UserActor } from '../vocabulary.js';
import { openedAgain, toldOfClosing } from './closing.js';
import { orderOf } from './home-visit.js';
import type { OutsideMessageCommand, OutsideMessageEvent, OutsideMessageState } from './outside-message.js';
import { outsideMessageTodoKinds } from './todo-kinds.js';

/** What a unit writes to others about a person outside every case (MSG-5, MSG-8, CON-10). */
export const outsideMessage: Decider<OutsideMessageState, OutsideMessageCommand, OutsideMessageEvent> = {
  decide,
  evolve,
};

const todos = todosOfNoCase(outsideMessageTodoKinds);

/** Those who had the message are told; logs of before do not say so. */
const told = { unitsTold: true } as const;

/** Every event there is of one; a kind that is left out does not compile. */
export const outsideMessageEvents: ReadonlySet<string> = new Set(
  Object.keys({
    OutsideMessageSent: true,
    MessageAnnulled: true,
    ConsentWithdrawn: true,
    PersonReplaced: true,
    MessageSealed: true,
    MessageUnsealed: true,
    TodoCompleted: true,
    TodoUpdated: true,
  } satisfies Record<OutsideMessageEvent['type'], true>),
);

function decide(
  command: OutsideMessageCommand,
  state: OutsideMessageState | undefined,
): Decision<OutsideMessageEvent> {
  if (command.type === 'send') return state === undefined ? decideSend(command) : reject('step-unknown');
  if (state === undefined) return reject('step-unknown');
  switch (command.type) {
    case 'annul':
      return decideAnnul(command, state);
    case 'withdraw-consent':
      return decideWithdraw(command, state);
    case 'replace-person':
      return state.personId === command.data.personId
        ? accept()
        : accept(happened(command, 'PersonReplaced', command.data));
    case 'seal':
      return state.sealed === true ? accept() : accept(happened(command, 'MessageSealed', told));
    case 'unseal':
      return state.sealed === true ? accept(happened(command, 'MessageUnsealed', {})) : accept();
    default:
      return todos.decide(command, state.todos);
  }
}

/** Whoever writes for a unit, or why not (ORG-2). */
function writer(by: Actor): { readonly user: UserActor } | { readonly rejected: Decision<never> } {
  if (by.kind !== 'user') return { rejected: reject('user-required') };
  if (by.responsibilities.includes('write')) return { user: by };
  return { rejected: reject('role-lacks-responsibility', { values: { responsibility: 'write' } }) };
}

/** Nothing that is asked here hangs on the person, so a rejection tells nothing of one (PAT-5). */
function decideSend(command: OfType<OutsideMessageCommand, 'send'>): Decision<OutsideMessageEvent> {
  const { at, by, data } = command;
  const admitted = writer(by);
  if ('rejected' in admitted) return admitted.rejected;
  const { unit, side } = admitted.user;
  const { policy, consent, order, to } = data;
  if (policy.messagesOutsideStay === 'no') return reject('no-messages-outside-stay');
  const text = stated(data.text);
  if (text === undefined) return reject('message-without-text', { field: 'text' });
  const recipients = [...new Set(to.map((each) => each.unit))].filter((each) => each !== unit).toSorted();
  if (recipients.length === 0) return reject('outside-message-without-addressee', { field: 'to' });
  if (consent === undefined) return reject('consent-not-stated', { field: 'consent' });
  if (consent.givenAt > at) return reject('consent-not-given-yet', { field: 'consent' });
  if (order !== undefined && policy.messagesOutsideStay !== 'and-home-visits')
    return reject('home-visits-not-here', { field: 'order' });
  const ordered = order && orderOf(order, { side, to });
  if (ordered !== undefined && 'rejection' in ordered) return ordered;
  const names = Object.fromEntries(to.map((each) => [each.unit, each.name]));
  const acknowledgedBy = chosenToAcknowledge(policy, {
    sender: unit,
    chosen: data.acknowledgedBy,
    readable: [unit, ...recipients],
    recipients,
    called: (each) => names[each] ?? each,
  });
  if ('rejection' in acknowledgedBy) return acknowledgedBy;
  return accept(
    happened(command, 'OutsideMessageSent', {
      personId: data.personId,
      text,
      recipients,
      acknowledgedBy,
      unitNames: names,
      consent,
      ...(ordered === undefined ? {} : { order: ordered }),
      ...(data.attachment === undefined ? {} : { attachment: data.attachment }),
    }),
  );
}

/** MSG-3: it stays readable, marked; who may have begun on it is told to stop, as when the consent is taken back. */
function decideAnnul(
  command: OfType<OutsideMessageCommand, 'annul'>,
  { sentBy, annulled }: OutsideMessageState,
): Decision<OutsideMessageEvent> {
  const admitted = writer(command.by);
  if ('rejected' in admitted) return admitted.rejected;
  if (sentBy.kind !== 'user' || sentBy.unit !== admitted.user.unit) return reject('annulled-by-sender-alone');
  return annulled === undefined ? accept(happened(command, 'MessageAnnulled', told)) : accept();
}

/** CON-8: whichever unit the patient tells registers it, of those who read the message. */
function decideWithdraw(
  command: OfType<OutsideMessageCommand, 'withdraw-consent'>,
  state: OutsideMessageState,
): Decision<OutsideMessageEvent> {
  const admitted = writer(command.by);
  if ('rejected' in admitted) return admitted.rejected;
  if (!readersOf(state).includes(admitted.user.unit)) return reject('no-such-case');
  return state.withdrawn === undefined ? accept(happened(command, 'ConsentWithdrawn', told)) : accept();
}

/** Who reads it now: sender and addressees; the sender alone when the consent was taken back; nobody while the person is protected. */
export function readersOf({ sealed, withdrawn, sentBy, recipients }: OutsideMessageState): readonly string[] {
  if (sealed === true) return [];
  const sender = sentBy.kind === 'user' ? [sentBy.unit] : [];
  return withdrawn === undefined ? [...new Set([...sender, ...recipients])] : sender;
}

/** Never refuses: what this build does not know changes nothing, and a log without its beginning is borne. */
function evolve(state: OutsideMessageState | undefined, event: OutsideMessageEvent): OutsideMessageState {
  if (event.type === 'OutsideMessageSent') return state ?? sent(event);
  const before = state ?? nothingSent(event);
  const { at, by } = event;
  switch (event.type) {
    case 'MessageAnnulled':
      return { ...before, annulled: { at, by }, todos: annulledTodos(event, before) };
    case 'ConsentWithdrawn': {
      const closed = withoutOpenAcknowledgements(before.todos, event);
      return {
        ...before,
        withdrawn: { at, by },
        todos: tells(event, before)
          ? toldOfClosing(closed, 'stop-what-was-asked', readersOf(before), event)
          : closed,
      };
    }
    case 'PersonReplaced':
      return {
        ...before,
        personId: event.data.personId,
        formerPersons: [...(before.formerPersons ?? []), before.personId],
      };
    case 'MessageSealed':
      return {
        ...before,
        sealed: true,
        todos: tells(event, before)
          ? toldOfClosing(before.todos, 'continue-by-telephone', readersOf(before), event)
          : before.todos,
      };
    case 'MessageUnsealed': {
      const { sealed: _sealed, ...open } = before;
      return { ...open, todos: openedAgain(open.todos, event) };
    }
    case 'TodoCompleted':
    case 'TodoUpdated':
      return { ...before, todos: todos.evolve(before.todos, event) };
    default:
      return before;
  }
}

/** Whom it was withdrawn from already was told then; in older logs all that was open ended, and nobody was told. */
function annulledTodos(
  event: OfType<OutsideMessageEvent, 'MessageAnnulled'>,
  before: OutsideMessageState,
): OutsideMessageState['todos'] {
  if (event.data.unitsTold !== true) return withoutOpen(before.todos, event);
  const closed = withoutOpenAcknowledgements(before.todos, event);
  return tells(event, before)
    ? toldOfClosing(closed, 'stop-what-was-annulled', readersOf(before), event)
    : closed;
}

/** Of what was annulled, or whose consent was taken back, there was nothing left to do already. */
const tells = (
  {
    data: { unitsTold },
  }: OfType<OutsideMessageEvent, 'MessageAnnulled' | 'ConsentWithdrawn' | 'MessageSealed'>,
  { annulled, withdrawn }: OutsideMessageState,
): boolean => unitsTold === true && annulled === undefined && withdrawn === undefined;

function sent({
  at,
  by,
  data: { acknowledgedBy, ...message },
}: OfType<OutsideMessageEvent, 'OutsideMessageSent'>): OutsideMessageState {
  return { ...message, sentAt: at, sentBy: by, todos: toAcknowledge(acknowledgedBy, at) };
}

const nothingSent = ({ at, by }: OutsideMessageEvent): OutsideMessageState => ({
  personId: '',
  text: '',
  recipients: [],
  unitNames: {},
  consent: { form: 'oral', givenBy: 'patient', givenAt: at },
  sentAt: at,
  sentBy: by,
  todos: {},
});
