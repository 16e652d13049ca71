import type { Communication } from 'fhir/r4.js';
import type { Todo } from '../../process/vocabulary.js';
import { codeSystems, concept } from '../codes/codes.js';
import { taskId, todoNoteId, todoNotesScope } from '../identity.js';
import type { Grant, RenderedResource } from '../projection.js';
import { patientReference, referenceTo } from '../references.js';
import { codeToken, conceptTokens, referenceTokens } from '../search-tokens.js';
import { actorReference, rendered, unitReference, type CaseView } from './case-view.js';
import { rightOf } from './right.js';

/** The notes of a to-do that may be shown; none where the case shares a minimum (CON-5). */
const notesOf = ({ shared }: CaseView, todo: Todo) => (shared.freeText ? (todo.notes ?? []) : []);

/**
 * What a unit wrote to itself of its to-do, each note a Communication about the Task. The Task is read by every participant,
 * so its notes are no part of it: they have a scope of their own, which `todoNoteGrants` opens to the unit.
 */
export function renderTodoNotes(of: CaseView, todo: Todo): RenderedResource[] {
  return notesOf(of, todo).map(({ text, at, by }, index) => {
    const carePlan = referenceTo('CarePlan', of.id);
    const subject = patientReference(of.state.personId);
    const category = concept(codeSystems.notice, 'todo-note');
    const recipient = unitReference(of, todo.unit);
    const sender = actorReference(of, by);
    const content: Communication & { id: string } = {
      resourceType: 'Communication',
      id: todoNoteId(of.id, todo.key, index),
      meta: { profile: [of.profiles.Communication] },
      basedOn: [carePlan],
      status: 'completed',
      category: [category],
      subject,
      about: [referenceTo('Task', taskId(of.id, todo.key))],
      sent: at,
      recipient: [recipient],
      sender,
      payload: [{ contentString: text }],
    };
    return {
      ...rendered(of, content, {
        needs: 'minimum',
        periodStart: at,
        periodEnd: at,
        tokens: [
          codeToken('status', 'completed'),
          ...conceptTokens('category', category),
          ...referenceTokens('based-on', carePlan),
          ...referenceTokens('recipient', recipient),
          ...referenceTokens('sender', sender),
          ...referenceTokens('patient', subject),
          ...referenceTokens('subject', subject),
        ],
      }),
      scope: todoNotesScope(of.id, todo.key),
    };
  });
}

/** Who reads the notes of a to-do: its unit while it takes part (ACC-7), not while the case is frozen (PAT-6). */
export function todoNoteGrants(of: CaseView): Grant[] {
  const { id, state } = of;
  if (state.frozen) return [];
  return Object.values(state.todos).flatMap((todo) => {
    const participant = state.participants[todo.unit];
    if (participant?.seesContent !== true || notesOf(of, todo).length === 0) return [];
    const right = rightOf(state, participant);
    return right === undefined ? [] : [{ scope: todoNotesScope(id, todo.key), unit: todo.unit, ...right }];
  });
}
