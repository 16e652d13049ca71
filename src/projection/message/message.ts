import { hash } from 'node:crypto';
import type { Attachment as FhirAttachment, Communication, Extension } from 'fhir/r4.js';
import { circleOfMessage } from '../../process/message/message.js';
import type { Attachment, MessageState } from '../../process/message/message.js';
import { outsideMessageTodoKinds } from '../../process/outside-message/todo-kinds.js';
import { kindOf } from '../../process/todo/kind-of-todo.js';
import type { Actor, HsaId, Todo, Uuid } from '../../process/vocabulary.js';
import { codeSystems, concept, extensions, messageProfile } from '../codes/codes.js';
import { circleScope } from '../identity.js';
import type { Projection, RenderedResource } from '../projection.js';
import {
  hubReference,
  organizationReference,
  patientReference,
  referenceTo,
  staffReference,
} from '../references.js';
import { codeToken, conceptTokens, referenceTokens } from '../search-tokens.js';
import { renderTask } from '../todo-task.js';

/** What all of a message is shown under. Of one in a case: those who read it see it while the case shares everything (CON-5). */
type Shown = Pick<RenderedResource, 'scope' | 'circle' | 'needs' | 'draft' | 'personId'>;

/** What any message has: of a case, or outside one. */
type AnyMessage = Omit<MessageState, 'caseId' | 'readers' | 'circle'> & { readonly caseId?: Uuid };

/** How a message is shown, and what it shows beside what all of them do. */
type Showing = Shown & {
  readonly profile: string;
  readonly status: 'completed' | 'entered-in-error' | 'stopped';
  readonly extension: readonly Extension[];
};

/** A message as Communication, with a Task for each unit that is asked to acknowledge it (MSG-1 to MSG-4, VIEW-12). */
export function projectMessage(id: Uuid, state: MessageState): Projection {
  const { caseId, personId } = state;
  const circle = circleOfMessage(state);
  const shown = {
    scope: circle === undefined ? caseId : circleScope(caseId, circle),
    ...(circle === undefined ? {} : { circle }),
    needs: 'full',
    draft: false,
    personId,
  } as const satisfies Shown;
  const { annulled } = state;
  const showing = {
    ...shown,
    profile: messageProfile,
    status: annulled === undefined ? 'completed' : 'entered-in-error',
    extension: annulled === undefined ? [] : [annulledBy(annulled.by)],
  } as const satisfies Showing;
  return { resources: shownMessage(id, state, showing), grants: [] };
}

/**
 * The Communication, and a Task for each unit that is asked to acknowledge it. What its units are told when it closes is about nobody, and
 * is read where the message is not (PAT-6, CON-8).
 */
export function shownMessage(id: Uuid, state: AnyMessage, showing: Showing): readonly RenderedResource[] {
  const { profile: _profile, status: _status, extension: _extension, ...shown } = showing;
  return [
    communication(id, state, showing, shown),
    ...Object.values(state.todos).map((todo) => {
      const rendered = task(id, state, todo);
      return todo.personal ? { ...rendered, ...shown } : rendered;
    }),
  ];
}

/** Who took it back. */
export const annulledBy = (by: Actor): Extension => ({
  url: extensions.annulledBy,
  valueReference: actorReference(by),
});

function communication(
  id: Uuid,
  state: AnyMessage,
  { profile, status, extension: further }: Showing,
  shown: Shown,
): RenderedResource {
  const { caseId, personId, recipients, sentAt, sentBy, text, answers, attachment } = state;
  const about = caseId === undefined ? undefined : referenceTo('CarePlan', caseId);
  const subject = patientReference(personId);
  const category = concept(codeSystems.notice, 'message');
  const sender = actorReference(sentBy);
  const recipient = recipients.map((unit) => unitReference(state, unit));
  const extension = [
    ...Object.values(state.todos)
      .filter(({ personal }) => personal)
      .map(({ unit }) => ({
        url: extensions.acknowledgedBy,
        valueReference: unitReference(state, unit),
      })),
    ...further,
  ];
  const content: Communication & { id: string } = {
    resourceType: 'Communication',
    id,
    meta: { profile: [profile] },
    ...(extension.length > 0 ? { extension } : {}),
    ...(about === undefined ? {} : { basedOn: [about] }),
    ...(answers === undefined ? {} : { inResponseTo: [referenceTo('Communication', answers)] }),
    status,
    category: [category],
    subject,
    sent: sentAt,
    ...(recipient.length > 0 ? { recipient } : {}),
    sender,
    payload: [
      { contentString: text },
      ...(attachment === undefined ? [] : [{ contentAttachment: fileOf(attachment) }]),
    ],
  };
  return {
    content,
    ...shown,
    periodStart: sentAt,
    periodEnd: sentAt,
    tokens: [
      codeToken('status', status),
      ...conceptTokens('category', category),
      ...(about === undefined ? [] : referenceTokens('based-on', about)),
      ...recipient.flatMap((each) => referenceTokens('recipient', each)),
      ...referenceTokens('sender', sender),
      ...referenceTokens('patient', subject),
      ...referenceTokens('subject', subject),
    ],
  };
}

function task(id: Uuid, state: AnyMessage, todo: Todo): RenderedResource {
  const done = todo.state === 'completed' && todo.endedBy !== undefined;
  return renderTask(todo, {
    streamId: id,
    kind: kindOf(outsideMessageTodoKinds, todo),
    personId: state.personId,
    draft: false,
    subject: patientReference(state.personId),
    ...(state.caseId === undefined ? {} : { basedOn: referenceTo('CarePlan', state.caseId) }),
    focus: referenceTo('Communication', id),
    // Asked in the name of the unit that sent it; that it closed, the hub tells.
    requester:
      state.sentBy.kind === 'user' && todo.personal
        ? organizationReference(state.sentBy.unit, state.sentBy.unitName)
        : hubReference(state.sentBy),
    owner: unitReference(state, todo.unit),
    ...(done ? { performer: actorReference(todo.endedBy) } : {}),
  });
}

export const actorReference = (actor: Actor) =>
  actor.kind === 'user' ? staffReference(actor) : hubReference(actor);

/** A unit, with what it was called when the message was sent. */
const unitReference = ({ unitNames }: AnyMessage, unit: HsaId) =>
  organizationReference(unit, unitNames[unit] || undefined);

/** @see https://hl7.org/fhir/R4/datatypes.html#Attachment : `hash` is SHA-1 in base64 */
function fileOf({ name, contentType, data }: Attachment): FhirAttachment {
  const bytes = Buffer.from(data, 'base64');
  return { contentType, data, size: bytes.length, hash: hash('sha1', bytes, 'base64'), title: name };
}
