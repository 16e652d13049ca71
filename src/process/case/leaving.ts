import type { HsaId, Side, UserActor } from '../vocabulary.js';
import type { Moment } from './event.js';
import { draftSide, mayLookInto, unitsOf } from './questions.js';
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

/** Who leads the case when the one who does leaves it: another unit of the side that opened it, of the same organisation before others. */
export function successorOf(
  state: CaseState,
  unit: HsaId,
  isSister: (each: HsaId) => boolean = () => false,
): HsaId | undefined {
  const others = unitsOf(state, draftSide(state)).filter((each) => each !== unit);
  return others.find(isSister) ?? others[0];
}

/** Whether no other unit of the side of a unit takes part. */
export function isLastOfSide(state: CaseState, unit: HsaId): boolean {
  const side = state.participants[unit]?.side;
  return side !== undefined && side !== 'other' && unitsOf(state, side).length === 1;
}

/** Whether the user is of the side and the organisation of a unit that another unit of hers removes. */
export function isOfItsOwn(
  user: UserActor,
  side: Side,
  organisation: string | undefined,
  state: CaseState,
): boolean {
  return user.side === side && user.organisation === (organisation ?? state.organisation);
}
