import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { HsaId } from '../vocabulary.js';
import { askToAddress, markAddressed } from './addressing.js';
import { happened, stated } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuCommand } from '../svu/commands.js';
import type { SvuEvent } from '../svu/events.js';
import { sharedContent } from '../svu/shared-content.js';
import { admit, faultInText } from './guards.js';
import { tell } from './notices.js';
import { currentDecision, everyUnit, isOpen, keepsText, nameOf, unitsOf } from './questions.js';
import { forwarded } from './relisting.js';
import type { SvuState } from '../svu/state.js';
import { handOver } from './hand-over-todos.js';
import { withoutUnit } from './leaving.js';
import { openLateAcknowledgements } from '../svu/late-joining.js';
import { handedOver } from '../svu/ward.js';

/** ADR-10: any participant adds a unit. One that takes part already stays as it is. */
export function decideAddParticipant(
  command: CommandOf<'add-participant'>,
  state: SvuState,
): Decision<SvuEvent> {
  const { refusal } = admit(command, state, {});
  if (refusal !== undefined) return refusal;
  const { unit, side } = command.data;
  const unitName = stated(command.data.unitName);
  if (side === 'hospital' && isHidden(command, state)) {
    return reject('hospital-unit-hidden', { field: 'unit' });
  }
  if (stated(unit) === undefined) return reject('unit-unknown', { field: 'unit', values: { unit } });
  if (state.participants[unit] !== undefined) return accept();
  return accept(
    happened(command, 'ParticipantAdded', {
      unit,
      ...(unitName === undefined ? {} : { unitName }),
      side,
      ground: 'by-hand',
    }),
  );
}

/**
 * ADR-10, ADR-11: a unit removes itself; removing another is confirmed; the last unit of a side needs confirmation and, where one
 * is kept, a reason. The last hospital unit cannot leave an open case, since nobody could end it: the new ward is added first.
 */
export function decideRemoveParticipant(
  command: CommandOf<'remove-participant'>,
  state: SvuState,
): Decision<SvuEvent> {
  const admission = admit(command, state, {});
  if (admission.refusal !== undefined) return admission.refusal;
  const { unit, confirmed } = command.data;
  const leaving = state.participants[unit];
  // The same answer whether it takes part or not: who asks would learn which ward it is.
  if ((leaving === undefined || leaving.side === 'hospital') && isHidden(command, state)) {
    return reject('hospital-unit-hidden', { field: 'unit' });
  }
  if (leaving === undefined) return accept();
  const reason = stated(command.data.reason);
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  const values = { unit: nameOf(state, unit) };
  const last = isLastOfSide(state, unit);
  if (last && leaving.side === 'hospital') return reject('last-hospital-unit', { field: 'unit', values });
  if (last && keepsText(state)) {
    if (!confirmed) return reject('last-unit-of-side', { field: 'confirmed', values });
    if (reason === undefined) return reject('last-unit-of-side', { field: 'reason', values });
  }
  if ((last || unit !== admission.user.unit) && !confirmed) {
    return reject('removal-not-confirmed', { field: 'confirmed', values });
  }
  const successor =
    state.ward === unit ? unitsOf(state, 'hospital').find((each) => each !== unit) : undefined;
  return accept(
    happened(command, 'ParticipantRemoved', {
      unit,
      ...(reason === undefined ? {} : { reason }),
      ...(successor === undefined ? {} : { handedOverTo: successor }),
    }),
  );
}

/** CON-5: whether a refusal keeps units of the hospital from the one who asks. */
function isHidden({ by }: SvuCommand, state: SvuState): boolean {
  const side = by.kind === 'user' ? state.participants[by.unit]?.side : undefined;
  return side !== 'hospital' && sharedContent(state).hospitalUnits !== 'all';
}

function isLastOfSide(state: SvuState, unit: HsaId): boolean {
  const side = state.participants[unit]?.side;
  return side !== undefined && side !== 'other' && unitsOf(state, side).length === 1;
}

/**
 * A unit joins. It is told (ADR-12) unless the case is a draft that it cannot see (ACC-2); while no decision stands it sees
 * that the case exists, not its content (CON-8); and its side counts as addressed (ADR-13).
 */
export function evolveParticipantAdded(state: SvuState, event: EventOf<'ParticipantAdded'>): SvuState {
  const { unit, unitName, side, ground } = event.data;
  if (state.participants[unit] !== undefined) return state;
  const hospital = side === 'hospital';
  const seesContent = hospital || state.phase !== 'published' || currentDecision(state) !== undefined;
  const joined: SvuState = {
    ...state,
    participants: { ...state.participants, [unit]: { unit, side, ground, since: event.at, seesContent } },
    unitNames: unitName === undefined ? state.unitNames : { ...state.unitNames, [unit]: unitName },
  };
  const settled = forwarded(side === 'other' ? joined : markAddressed(joined, side, event), event);
  if (ground === 'opened' || (settled.phase === 'draft' && !hospital)) return settled;
  const told = tell(settled, 'participant-added', [unit], { unit }, event);
  return hospital ? told : openLateAcknowledgements(told, unit, event);
}

/**
 * A unit leaves and is told; the others are told too when it was the last of its side (ADR-11), or the ward of the case, who
 * has it now (SVU-42). A receiver of a draft was never told of it (ACC-2): the hospital side alone is told why it left. When the ward itself leaves, the case and what the ward had to do are with the hospital unit that stays.
 */
export function evolveParticipantRemoved(state: SvuState, event: EventOf<'ParticipantRemoved'>): SvuState {
  const { unit, reason, handedOverTo } = event.data;
  const leaving = state.participants[unit];
  if (leaving === undefined) return state;
  const last = isLastOfSide(state, unit);
  const remaining = unitsOf(state, 'hospital').find((each) => each !== unit);
  const followed = state.ward === unit && remaining !== undefined ? handOver(state, remaining) : state;
  const ended = withoutUnit(followed, unit, event);
  const { side } = leaving;
  // Added by hand while the lookup was down, and gone again: the side is as unaddressed as before (ADR-13).
  const asked = last && side !== 'other' ? askToAddress(ended, side, event) : ended;
  if (!isOpen(asked)) return asked;
  const draft = asked.phase === 'draft';
  const untold = draft && side !== 'hospital';
  if (untold && reason === undefined) return asked;
  const others = draft ? unitsOf(asked, 'hospital') : everyUnit(asked);
  const leaver = untold ? [] : [unit];
  const units = last || leaver.length === 0 ? [...leaver, ...others] : leaver;
  const told = tell(asked, 'participant-removed', units, { unit, reason }, event);
  return handedOverTo === undefined ? told : handedOver(told, unit, handedOverTo, event);
}
