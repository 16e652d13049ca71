import { isOpen } from '../../process/case/questions.js';
import type { SvuState } from '../../process/svu/state.js';
import { kindOf } from '../../process/todo/kinds.js';
import type { Todo, Uuid } from '../../process/vocabulary.js';
import { communicationId, taskId } from '../identity.js';
import type { Projection, RenderedResource } from '../projection.js';
import { hubReference, organizationReference, patientReference, referenceTo } from '../references.js';
import { renderTask } from '../todo-task.js';
import { renderCarePlan } from './care-plan.js';
import { renderCareTeam } from '../case/care-team.js';
import { actorReference, caseOf, isPublished, unitReference, type SvuCase } from '../case/case-view.js';
import { renderCommunication } from '../case/communication.js';
import { renderConsent } from '../case/consent.js';
import { isUnitsOwn, svuGrants } from '../case/grants.js';
import { renderAnswers } from '../case/harm-assessment.js';
import { replacementsOf } from '../case/replaced-notices.js';
import { renderTodoNotes } from '../case/todo-note.js';

/**
 * Everything an SVU case shows, as a function of its id and state: CarePlan, CareTeam, Consents with the answers behind
 * them, Communications and Tasks. While the case is open it holds `svu:<person>`, so a person has at most one (SVU-2).
 */
export function projectSvu(id: Uuid, state: SvuState): Projection {
  const of = caseOf(id, state);
  const replacements = replacementsOf(state, of.shared.notices);
  return {
    resources: [
      renderCarePlan(of),
      renderCareTeam(of),
      ...of.shared.decisions.flatMap((decision) => [
        renderConsent(of, decision),
        ...renderAnswers(of, decision),
      ]),
      ...Object.values(of.shared.notices).map((notice) => renderCommunication(of, notice, replacements)),
      ...Object.values(state.todos).flatMap((todo) => [caseTask(of, todo), ...renderTodoNotes(of, todo)]),
    ],
    grants: svuGrants(of),
    ...(isOpen(state) ? { exclusive: `svu:${state.personId}` } : {}),
  };
}

/**
 * To-dos that receivers do not see: what a unit of the hospital is told when the case is frozen (PAT-6), for which unit that is,
 * is nothing for the others (CON-5); and acknowledgements of ready, where a refusal hides that the patient ever was.
 */
function isHospitalsAlone({ shared }: SvuCase, todo: Todo): boolean {
  const { hospitalsOwn, aboutReady } = kindOf(todo);
  return (
    hospitalsOwn === true ||
    (todo.kind === 'continue-by-telephone' && todo.responsibility === 'write') ||
    (aboutReady === true && !shared.showsReady)
  );
}

function caseTask(of: SvuCase, todo: Todo): RenderedResource {
  const task = sharedTask(of, todo);
  return isUnitsOwn(todo) ? { ...task, scope: taskId(of.id, todo.key) } : task;
}

function sharedTask(of: SvuCase, todo: Todo): RenderedResource {
  const carePlan = referenceTo('CarePlan', of.id);
  const about = todo.about === undefined ? undefined : of.shared.notices[todo.about];
  const done = todo.state === 'completed' && todo.endedBy?.kind === 'user';
  return renderTask(todo, {
    streamId: of.id,
    personId: of.state.personId,
    // The hospital's own to-dos concern no receiver: seen like a draft, by the hospital side only.
    draft: !isPublished(of.state) || isHospitalsAlone(of, todo),
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
