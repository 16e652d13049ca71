import type { CarePlan, Consent } from 'fhir/r4.js';
import { isOpen } from '../../../src/process/case/questions.js';
import type { Uuid } from '../../../src/process/vocabulary.js';
import { rightOf } from '../../../src/projection/case/right.js';
import { codeSystems, concept } from '../../../src/projection/codes/codes.js';
import type { Grant, Projection, RenderedResource } from '../../../src/projection/projection.js';
import {
  hubReference,
  organizationReference,
  patientReference,
  referenceTo,
} from '../../../src/projection/references.js';
import { renderTask } from '../../../src/projection/todo-task.js';
import { codeToken, conceptTokens, referenceTokens } from '../../../src/projection/search-tokens.js';
import { category } from './codes.js';
import type { FollowUpState } from './state.js';

/** Everything a follow-up shows: CarePlan, Consents and Tasks; a person has at most one that is open. */
export function projectFollowUp(id: Uuid, state: FollowUpState): Projection {
  return {
    resources: [
      carePlan(id, state),
      ...state.decisions.map((each) => consent(id, state, each)),
      ...tasks(id, state),
    ],
    grants: grants(id, state),
    ...(isOpen(state) ? { exclusive: `follow-up:${state.personId}` } : {}),
  };
}

const isPublished = ({ publishedAt }: FollowUpState): boolean => publishedAt !== undefined;

function carePlan(id: Uuid, state: FollowUpState): RenderedResource {
  const subject = patientReference(state.personId);
  const status = (
    { draft: 'draft', published: 'active', finished: 'completed', annulled: 'revoked' } as const
  )[state.phase];
  const content: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id,
    status: state.frozen && isOpen(state) ? 'on-hold' : status,
    intent: 'plan',
    category: [category],
    subject,
    ...(state.frozen ? {} : { title: 'Uppföljning', period: { end: state.until } }),
    ...(state.frozen || state.purpose === undefined ? {} : { description: state.purpose }),
  };
  return {
    content,
    scope: id,
    personId: state.personId,
    needs: state.frozen ? 'none' : 'minimum',
    draft: !isPublished(state),
    tokens: [
      codeToken('status', content.status),
      ...conceptTokens('category', category),
      ...referenceTokens('subject', subject),
      ...referenceTokens('patient', subject),
    ],
  };
}

function consent(
  id: Uuid,
  state: FollowUpState,
  decision: FollowUpState['decisions'][number],
): RenderedResource {
  const subject = patientReference(state.personId);
  const about = referenceTo('CarePlan', id);
  const status = decision.endedAt === undefined ? 'active' : 'inactive';
  const content: Consent & { id: string } = {
    resourceType: 'Consent',
    id: decision.id,
    status,
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [concept(codeSystems.decision, decision.data.kind)],
    patient: subject,
    dateTime: decision.registeredAt,
    policyRule: { coding: [{ system: codeSystems.policy.system, code: state.policy.name }] },
    provision: {
      type: decision.data.kind === 'refusal' ? 'deny' : 'permit',
      data: [{ meaning: 'related', reference: about }],
    },
  };
  return {
    content,
    scope: id,
    personId: state.personId,
    needs: 'minimum',
    draft: !isPublished(state),
    tokens: [
      codeToken('status', status),
      ...referenceTokens('patient', subject),
      ...referenceTokens('data', about),
    ],
  };
}

function tasks(id: Uuid, state: FollowUpState): RenderedResource[] {
  const about = referenceTo('CarePlan', id);
  return Object.values(state.todos).map((todo) =>
    renderTask(todo, {
      streamId: id,
      personId: state.personId,
      draft: !isPublished(state),
      subject: patientReference(state.personId),
      basedOn: about,
      requester: hubReference(),
      owner: organizationReference(todo.unit, state.unitNames[todo.unit]),
      focus: about,
    }),
  );
}

/** Who takes part sees as much as the case shares, and the person with it (ACC-1, ACC-2, CON-5, CON-8, PAT-6). */
function grants(id: Uuid, state: FollowUpState): Grant[] {
  return Object.values(state.participants).flatMap((participant) => {
    const right = rightOf(state, participant);
    if (right === undefined) return [];
    const persons = right.level === 'none' ? [] : [state.personId, ...(state.formerPersons ?? [])];
    return [id, ...persons].map((scope) => ({ scope, unit: participant.unit, ...right }));
  });
}
