import type { HsaId } from '../vocabulary.js';
import type { SvuEvent } from '../svu/events.js';
import type { SvuState } from '../svu/state.js';
import { endTodos } from './todos.js';

/**
 * A unit takes part no more: it loses the case and its to-dos at once (ACC-7), and the contacts it named leave with it: nobody
 * there calls to the SIP of a case they cannot read (SVU-8). That it knows of the person is remembered (VIEW-11).
 */
export function withoutUnit(state: SvuState, unit: HsaId, event: SvuEvent): SvuState {
  const leaving = state.participants[unit];
  if (leaving === undefined) return state;
  const { [unit]: _left, ...participants } = state.participants;
  const contacts = Object.fromEntries(
    Object.entries(state.contacts).filter(([, contact]) => contact.unit !== unit),
  );
  const saw = leaving.seesContent && (leaving.side === 'hospital' || state.publishedAt !== undefined);
  const left = saw ? { left: [...new Set([...(state.left ?? []), unit])].toSorted() } : {};
  const formerSides = { ...state.formerSides, [unit]: leaving.side };
  const without = { ...state, participants, contacts, formerSides, ...left };
  return endTodos(without, (todo) => todo.unit === unit, 'cancelled', event);
}
