import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, Side, UserActor } from '../vocabulary.js';
import { askToAddress, markAddressed } from './addressing.js';
import { happened, stated } from './event.js';
import type { OfType } from './event.js';
import { admit, faultInText } from './guards.js';
import { withoutUnit } from './leaving.js';
import { tell } from './notices.js';
import type { ParticipantAdded, ParticipantRemoved } from './participant-events.js';
import { currentDecision, draftSide, everyUnit, isOpen, keepsText, nameOf, unitsOf } from './questions.js';
import { forwarded } from './relisting.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';

export type ParticipantCommand =
  | Command<
      'add-participant',
      { readonly unit: HsaId; readonly unitName: string; readonly side: Side; readonly organisation: string }
    >
  | Command<
      'remove-participant',
      {
        readonly unit: HsaId;
        readonly confirmed: boolean;
        readonly reason?: string;
        /** What the catalogue says of the unit; absent where it does not know it any more. */
        readonly side?: Side;
        readonly organisation?: string;
        /** The organisations of units of its side: one of its own rather than another's leads the case next. */
        readonly organisations?: Readonly<Record<HsaId, string>>;
      }
    >;

export type ParticipantEvent = ParticipantAdded | ParticipantRemoved;

/** Units that take part in a case of any kind. */
export function participants<State extends CaseState>(
  rules: RulesOfKind<State>,
): Subject<State, ParticipantCommand, ParticipantEvent> {
  return {
    decide: {
      'add-participant': (command, state) => decideAdd(rules, command, state),
      'remove-participant': (command, state) => decideRemove(rules, command, state),
    },
    evolve: {
      ParticipantAdded: (state, event) => evolveAdded(rules, state, event),
      ParticipantRemoved: (state, event) => evolveRemoved(rules, state, event),
    },
  };
}

/** ADR-10: any participant adds a unit. One that takes part already stays as it is. */
function decideAdd<State extends CaseState>(
  rules: RulesOfKind<State>,
  command: OfType<ParticipantCommand, 'add-participant'>,
  state: State,
): Decision<ParticipantEvent> {
  const { rejected } = admit(command, state, {});
  if (rejected !== undefined) return rejected;
  const { unit, side, organisation } = command.data;
  const unitName = stated(command.data.unitName);
  if (side === 'hospital' && isHidden(rules, command, state)) {
    return reject('hospital-unit-hidden', { field: 'unit' });
  }
  if (stated(unit) === undefined) return reject('unit-unknown', { field: 'unit', values: { unit } });
  if (state.participants[unit] !== undefined) return accept();
  return accept(
    happened(command, 'ParticipantAdded', {
      unit,
      ...(unitName === undefined ? {} : { unitName }),
      side,
      organisation,
      ground: 'by-hand',
    }),
  );
}

/**
 * ADR-10, ADR-11: a unit removes itself; removing another is confirmed; the last unit of a side needs confirmation and, where one
 * is kept, a reason. The last unit of the side that opened the case cannot leave it while it is open, since nobody could end it: the new one is added first.
 *
 * SVU-42, ORG-3: the unit that leads the case leaves it by its own act, or by that of its side in its organisation. Else another side
 * could put the ward of another region in its place, and the ward where the patient is would hear nothing more. To a unit of another
 * organisation the case goes by an act that is confirmed.
 */
function decideRemove<State extends CaseState>(
  rules: RulesOfKind<State>,
  command: OfType<ParticipantCommand, 'remove-participant'>,
  state: State,
): Decision<ParticipantEvent> {
  const admission = admit(command, state, {});
  if (admission.rejected !== undefined) return admission.rejected;
  const { unit, confirmed } = command.data;
  const leaving = state.participants[unit];
  // The same answer whether it takes part or not: who asks would learn which ward it is.
  const side = leaving?.side ?? command.data.side ?? 'hospital';
  if (side === 'hospital' && isHidden(rules, command, state)) {
    return reject('hospital-unit-hidden', { field: 'unit' });
  }
  const reason = stated(command.data.reason);
  if (leaving === undefined) {
    // To remove it again changes nothing; a reason that nobody would read is not taken.
    return reason === undefined ? accept() : reject('unit-takes-no-part', { field: 'unit' });
  }
  const leads = rules.leaderOf(state) === unit;
  const { user } = admission;
  const values = { unit: nameOf(state, unit) };
  if (leads && unit !== user.unit && !isOfItsOwn(user, leaving.side, command, state)) {
    return rules.leaderLeavesItself({ field: 'unit', values });
  }
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  const last = isLastOfSide(state, unit);
  if (last && leaving.side === draftSide(state)) return rules.lastOfOpeners({ field: 'unit', values });
  if (last && keepsText(state)) {
    if (!confirmed) return reject('last-unit-of-side', { field: 'confirmed', values });
    if (reason === undefined) return reject('last-unit-of-side', { field: 'reason', values });
  }
  const { organisations } = command.data;
  const isSister = (each: HsaId) => organisations?.[each] === organisations?.[unit];
  const successor = leads ? successorOf(state, unit, organisations && isSister) : undefined;
  const abroad = successor !== undefined && organisations !== undefined && !isSister(successor);
  const organisation = successor === undefined ? undefined : organisations?.[successor];
  if ((last || abroad || unit !== user.unit) && !confirmed) {
    return reject('removal-not-confirmed', { field: 'confirmed', values });
  }
  return accept(
    happened(command, 'ParticipantRemoved', {
      unit,
      ...(reason === undefined ? {} : { reason }),
      ...(successor === undefined ? {} : { handedOverTo: successor }),
      ...(organisation === undefined ? {} : { organisation }),
    }),
  );
}

/** CON-5: whether a refusal keeps units of the hospital from the one who asks. */
function isHidden<State extends CaseState>(
  rules: RulesOfKind<State>,
  { by }: ParticipantCommand,
  state: State,
): boolean {
  const side = by.kind === 'user' ? state.participants[by.unit]?.side : undefined;
  return side !== 'hospital' && rules.hidesHospital(state);
}

/** Whether the user is of the side and the organisation of a unit that another unit of hers removes. */
function isOfItsOwn(
  user: UserActor,
  side: Side,
  { data }: OfType<ParticipantCommand, 'remove-participant'>,
  state: CaseState,
): boolean {
  return user.side === side && user.organisation === (data.organisation ?? state.organisation);
}

/** Who leads the case when the one who does leaves it: another unit of the side that opened it, of the same organisation before others. */
function successorOf(
  state: CaseState,
  unit: HsaId,
  isSister: (each: HsaId) => boolean = () => false,
): HsaId | undefined {
  const others = unitsOf(state, draftSide(state)).filter((each) => each !== unit);
  return others.find(isSister) ?? others[0];
}

/** The case goes to the organisation of the unit that leads it now (SVU-42), which older logs say only where that unit was added, if at all. */
function ledBy<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  unit: HsaId,
  said: string | undefined,
): State {
  const leader = state.participants[unit];
  const organisation = said ?? leader?.organisation ?? state.organisation;
  const participants =
    leader === undefined || said === undefined
      ? state.participants
      : { ...state.participants, [unit]: { ...leader, organisation: said } };
  return rules.ledBy({ ...state, organisation, participants }, unit);
}

function isLastOfSide(state: CaseState, unit: HsaId): boolean {
  const side = state.participants[unit]?.side;
  return side !== undefined && side !== 'other' && unitsOf(state, side).length === 1;
}

/**
 * A unit joins. It is told (ADR-12) unless the case is a draft that it cannot see (ACC-2); while no decision stands it sees
 * that the case exists, not its content (CON-8); and its side counts as addressed (ADR-13).
 */
function evolveAdded<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: ParticipantAdded,
): State {
  const { unit, unitName, side, ground, organisation } = event.data;
  if (state.participants[unit] !== undefined) return state;
  const own = side === draftSide(state);
  const seesContent = own || state.phase !== 'published' || currentDecision(state) !== undefined;
  const joined: State = {
    ...state,
    participants: {
      ...state.participants,
      [unit]: {
        unit,
        side,
        ...(organisation === undefined ? {} : { organisation }),
        ground,
        since: event.at,
        seesContent,
      },
    },
    unitNames: unitName === undefined ? state.unitNames : { ...state.unitNames, [unit]: unitName },
  };
  const settled = forwarded(side === 'other' ? joined : markAddressed(joined, side, event), event);
  if (ground === 'opened' || (settled.phase === 'draft' && !own)) return settled;
  return rules.joined(
    tell(rules.tables.notices, settled, 'participant-added', [unit], { unit }, event),
    unit,
    event,
  );
}

/**
 * A unit leaves and is told; the others are told too when it was the last of its side (ADR-11), or the one that led the case, who
 * leads it now (SVU-42). A receiver of a draft was never told of it (ACC-2): the own side alone is told why it left. When the leader itself leaves, the case and what it had to do are with the unit of its side that stays.
 */
function evolveRemoved<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: ParticipantRemoved,
): State {
  const { unit, reason, handedOverTo, organisation } = event.data;
  const leaving = state.participants[unit];
  if (leaving === undefined) return state;
  const last = isLastOfSide(state, unit);
  const remaining = rules.leaderOf(state) === unit ? (handedOverTo ?? successorOf(state, unit)) : undefined;
  const followed = remaining === undefined ? state : ledBy(rules, state, remaining, organisation);
  const ended = withoutUnit(followed, unit, event);
  const { side } = leaving;
  // Added by hand while the lookup was down, and gone again: the side is as unaddressed as before (ADR-13).
  const asked = last && side !== 'other' ? askToAddress(rules, ended, side, event) : ended;
  if (!isOpen(asked)) return asked;
  const own = draftSide(asked);
  const draft = asked.phase === 'draft';
  const untold = draft && side !== own;
  if (untold && reason === undefined) return asked;
  const others = draft ? unitsOf(asked, own) : everyUnit(asked);
  const leaver = untold ? [] : [unit];
  const units = last || leaver.length === 0 ? [...leaver, ...others] : leaver;
  const told = tell(rules.tables.notices, asked, 'participant-removed', units, { unit, reason }, event);
  return handedOverTo === undefined ? told : rules.handedOver(told, unit, handedOverTo, event);
}
