import type { Moment } from '../case/event.js';
import { dropTodos } from '../case/todos.js';
import type { Todo } from '../vocabulary.js';
import { closeRound } from './acknowledgement-rounds.js';
import { forgetFacts } from './forgotten-facts.js';
import { forgetFreePlace } from './free-place.js';
import { forgetHomecoming } from './homecoming.js';
import type { SvuState } from './state.js';
import { policyOfSvu } from './settings.js';

/**
 * CON-5: a refusal makes an SVU forget its reason, and what else is shared in full alone; and where ready may not be told, what was to be acknowledged about it: nobody
 * acknowledges a message that nobody may read any more.
 */
export function forgetContent(state: SvuState, event: Moment): SvuState {
  const { reason: _forgotten, dayReason: _told, shortStay: _short, npoDecision: _npo, ...rest } = state;
  const forgotten = forgetHomecoming(forgetFacts(forgetFreePlace(withoutWhyNotInformed(rest))), event);
  if (policyOfSvu(state).readyUnderRefusal) return forgotten;
  const hidden = closeRound(forgotten, 'ready', event);
  const about = (todo: Todo) =>
    todo.about !== undefined && hidden.notices[todo.about]?.kind === 'ready-withdrawn';
  return dropTodos(hidden, (todo) => todo.kind === 'acknowledge-message' && about(todo), event);
}

/** Why the patient was not informed (CON-1) is no more shared than why she was admitted. */
function withoutWhyNotInformed(state: SvuState): SvuState {
  if (state.information === undefined) return state;
  const { reason: _forgotten, ...information } = state.information;
  return { ...state, information };
}
