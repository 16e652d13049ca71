import type { HsaId } from '../vocabulary.js';
import type { Moment } from './event.js';
import { mayLookInto } from './questions.js';
import type { CaseState } from './state.js';
import { endTodos } from './todos.js';

/**
 * A unit takes part no more: it loses the case and its to-dos at once (ACC-7), and the contacts it named leave with it: nobody
 * there calls to the SIP of a case they cannot read (SVU-8). That it knows of the person is remembered (VIEW-11).
 */
export function withoutUnit<State extends CaseState>(state: State, unit: HsaId, event: Moment): State {
  const leaving = state.participants[unit];
  if (leaving === undefined) return state;
  const { [unit]: _left, ...participants } = state.participants;
  const contacts = Object.fromEntries(
    Object.entries(state.contacts).filter(([, contact]) => contact.unit !== unit),
  );
  const saw = leaving.seesContent && mayLookInto(state, leaving);
  const left = saw ? { left: [...new Set([...(state.left ?? []), unit])].toSorted() } : {};
  const formerSides = { ...state.formerSides, [unit]: leaving.side };
  const without = { ...state, participants, contacts, formerSides, ...left };
  return endTodos(without, (todo) => todo.unit === unit, 'cancelled', event);
}
