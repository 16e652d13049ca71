import type { Projection, RenderedResource } from '../projection.js';
import { renderCareTeam } from './care-team.js';
import { renderCaseTask } from './case-task.js';
import type { CaseView } from './case-view.js';
import { renderCommunication } from './communication.js';
import { renderConsent } from './consent.js';
import { caseGrants } from './grants.js';
import { renderAnswers } from './harm-assessment.js';
import { replacementsOf } from './replaced-notices.js';
import { renderTodoNotes } from './todo-note.js';
import type { Unchanged } from './unchanged-parts.js';

/**
 * Everything that a case of any kind shows beside its own CarePlan: CareTeam, Consents with the answers behind them, Communications and
 * Tasks with their notes; and who sees the case and what hangs on it.
 * @param carePlan the case itself, as its kind shows it
 * @param unchanged what is left out, because it is compared with a state that shows it alike
 */
export function projectCase(of: CaseView, carePlan: RenderedResource, unchanged?: Unchanged): Projection {
  const { decisions, notices } = of.shared;
  const replacements = replacementsOf(of.tables.notices, of.state, notices);
  const todos = Object.values(of.state.todos).filter((todo) => unchanged?.todo(todo) !== true);
  return {
    resources: [
      carePlan,
      renderCareTeam(of),
      ...decisions.flatMap((decision) => [renderConsent(of, decision), ...renderAnswers(of, decision)]),
      ...Object.values(notices)
        .filter((notice) => unchanged?.notice(notice) !== true)
        .map((notice) => renderCommunication(of, notice, replacements)),
      ...todos.flatMap((todo) => [renderCaseTask(of, todo), ...renderTodoNotes(of, todo)]),
    ],
    grants: caseGrants(of),
  };
}
