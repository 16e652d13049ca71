import { kindOf } from '../../process/todo/kind-of-todo.js';
import type { Todo } from '../../process/vocabulary.js';
import { communicationId, taskId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { hubReference, organizationReference, patientReference, referenceTo } from '../references.js';
import { renderTask } from '../todo-task.js';
import { actorReference, isPublished, unitReference, type CaseView } from './case-view.js';
import { isUnitsOwn } from './units-own.js';

/** A to-do of a case as Task. */
export function renderCaseTask(of: CaseView, todo: Todo): RenderedResource {
  const task = sharedTask(of, todo);
  return isUnitsOwn(of, todo) ? { ...task, scope: taskId(of.id, todo.key) } : task;
}

/**
 * To-dos that are for the side alone that opened the case: its own; what a unit of it is told when the case is frozen (PAT-6), for which
 * unit that is, is nothing for the others (CON-5); what a refusal hides; and what the kind of case hides.
 */
function isOpenersAlone(of: CaseView, todo: Todo): boolean {
  const { openersOwn, hiddenUnderRefusal, ofOpeners } = kindOf(of.tables.todos, todo);
  return (
    openersOwn === true ||
    (hiddenUnderRefusal === true && of.shared.level !== 'full') ||
    (ofOpeners !== undefined && todo.responsibility === ofOpeners) ||
    of.hidesTodo(todo)
  );
}

function sharedTask(of: CaseView, todo: Todo): RenderedResource {
  const carePlan = referenceTo('CarePlan', of.id);
  const about = todo.about === undefined ? undefined : of.shared.notices[todo.about];
  const done = todo.state === 'completed' && todo.endedBy?.kind === 'user';
  return renderTask(todo, {
    streamId: of.id,
    kind: kindOf(of.tables.todos, todo),
    personId: of.state.personId,
    // Seen like a draft, by the side only that opened the case.
    draft: !isPublished(of.state) || isOpenersAlone(of, todo),
    subject: patientReference(of.state.personId),
    basedOn: carePlan,
    // A notice asks for its acknowledgement in the name of the unit that sent it.
    requester:
      about?.sentBy.kind === 'user' ? unitReference(of, about.sentBy.unit) : hubReference(about?.sentBy),
    // A to-do of a unit of the hospital is seen by the hospital side alone, so the unit may be named.
    owner: organizationReference(todo.unit, of.state.unitNames[todo.unit]),
    ...(done && todo.endedBy ? { performer: actorReference(of, todo.endedBy) } : {}),
    focus: about ? referenceTo('Communication', communicationId(of.id, about.key)) : carePlan,
  });
}
