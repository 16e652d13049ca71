import type { Moment } from '../case/event.js';
import { readyAcknowledgedBy } from './ready-day.js';
import { policyOfSvu } from './settings.js';
import type { SvuState } from './state.js';

/**
 * SVU-34: an acknowledgement that a discharge or a freeze interrupted has its time counted from when it is asked for again. Meanwhile nobody
 * could acknowledge (SVU-23, PAT-6), so nobody has missed it.
 */
export function countAgain(before: SvuState, now: SvuState, event: Moment): SvuState {
  const again = Object.values(now.todos).flatMap((todo) => {
    if (todo.kind !== 'acknowledge-ready' || todo.deadline === undefined) return [];
    if (todo.state !== 'requested' || !before.interrupted.includes(todo.key)) return [];
    const deadline = readyAcknowledgedBy(policyOfSvu(now), event.at);
    return deadline === undefined ? [] : { ...todo, deadline };
  });
  if (again.length === 0) return now;
  return { ...now, todos: { ...now.todos, ...Object.fromEntries(again.map((todo) => [todo.key, todo])) } };
}
