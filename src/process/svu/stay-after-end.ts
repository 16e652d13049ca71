import type { ToldOfStay } from '../case/told-of-stay.js';
import { isBefore } from '../time.js';
import { followStay, heardOf, isMoved, moveThere } from './follow-stay.js';
import { isGivenUp, isLastMoved, placedSince, placeOf } from '../stay/stay-of.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';
import { isCertainlyOf } from './stay-of-case.js';

/**
 * A case that is over hears of its own stay alone: what makes its discharge wrong after all (SVU-24), that the journal says so too, or
 * that the stay is there after all, for which it was annulled.
 */
export function commandsForEnded(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, fact, openCase, at, by } = told;
  const { now, late } = stay;
  const other = openCase === undefined ? {} : { openSvu: openCase };
  const heard = heardOf(stay);
  if (state.phase === 'annulled') {
    const restored = heard?.status === 'cancelled' && now.status !== 'cancelled';
    if (!restored || !isCertainlyOf(state, stay)) return [];
    // The rest is for the case that it brings back, and changes nothing in one that it does not.
    const restore = { type: 'note-admission-restored', at, by, data: other } as const;
    const there = placeOf(now);
    const move = there === undefined || there === state.ward ? [] : [moveThere(state, told)];
    return [restore, ...move, ...followStay(state, told).slice(1)];
  }
  if (state.stayId !== stay.id) return [];
  if (now.status !== 'in-progress' || isGivenUp(now.facts)) return followStay(state, told);
  const restored = { type: 'note-admission-restored', at, by, data: {} } as const;
  const isBack = heard?.status !== 'in-progress';
  const moved = isMoved(state, told) ? [moveThere(state, told)] : [];
  // Of one who has come back as an outpatient under the same visit, a move or a word on her discharge makes no discharge wrong (decision 116).
  if (now.otherCare === true && !isBack) return [restored, ...moved];
  const goesOn = (isBack && !isLastMoved(now)) || (fact.kind === 'discharge-cancelled' && !late);
  const seemsSo = isBack || (isMoved(state, told) && isMovedAfterEnd(state, told));
  const data = goesOn ? other : { ...other, moved: true as const };
  const undo = { type: 'note-discharge-cancelled', at, by, data } as const;
  return [restored, ...moved, ...(goesOn || seemsSo ? [undo] : [])];
}

/**
 * Whether the patient was moved after the time at which the case says that she left: to a discharge lounge perhaps, which does not say that
 * the discharge is wrong (decision 102). After an early end, for one who has died perhaps, a move makes nothing wrong.
 */
function isMovedAfterEnd({ discharge }: SvuState, { stay }: ToldOfStay): boolean {
  const since = placedSince(stay.now);
  if (discharge === undefined || discharge.form === 'early-end') return false;
  return since !== undefined && isBefore(discharge.dischargedAt, since);
}
