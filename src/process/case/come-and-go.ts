import type { HsaId } from '../vocabulary.js';
import { askToAddress, markAddressed } from './addressing.js';
import { tell } from './notices.js';
import type { ParticipantAdded, ParticipantRemoved } from './participant-events.js';
import { currentDecision, draftSide, everyUnit, hasWeakerSecrecy, isOpen, unitsOf } from './questions.js';
import { forwarded } from './relisting.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import { isLastOfSide, successorOf, withoutUnit } from './leaving.js';
import { without } from './without.js';

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

/**
 * A unit joins. It is told (ADR-12) unless the case is a draft that it cannot see (ACC-2), of which the own side alone hears (ADR-15); while no decision stands it sees
 * that the case exists, not its content (CON-8); and its side counts as addressed (ADR-13).
 */
export function evolveAdded<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  event: ParticipantAdded,
): State {
  const { unit, unitName, side, ground, organisation, distributesIn } = event.data;
  const all = event.data.othersTold === true;
  const addedBy = all && ground === 'by-hand' && event.by.kind === 'user' ? event.by.unit : undefined;
  if (state.participants[unit] !== undefined) return state;
  const own = side === draftSide(state);
  const seesContent = own || state.phase !== 'published' || currentDecision(state) !== undefined;
  const back = without(state, 'takenOut');
  const stillOut = state.takenOut?.filter((each) => each !== unit) ?? [];
  const joined: State = {
    ...(stillOut.length === 0 ? back : { ...state, takenOut: stillOut }),
    participants: {
      ...state.participants,
      [unit]: {
        unit,
        side,
        ...(organisation === undefined ? {} : { organisation }),
        ground,
        ...(addedBy === undefined ? {} : { addedBy }),
        ...(distributesIn === undefined ? {} : { distributesIn }),
        since: event.at,
        seesContent,
      },
    },
    unitNames: unitName === undefined ? state.unitNames : { ...state.unitNames, [unit]: unitName },
  };
  const settled = forwarded(side === 'other' ? joined : markAddressed(joined, side, event), event);
  if (ground === 'opened') return settled;
  const others = all ? othersTold(rules, settled, event) : [];
  const said = { unit, addedBy, secrecy: all && hasWeakerSecrecy({ side }) ? 'weaker' : undefined };
  if (settled.phase === 'draft' && !own) {
    const heard = event.data.draftTold === true && others.some((each) => !isActing(event, each));
    return heard ? tell(rules.tables.notices, settled, 'participant-added', others, said, event) : settled;
  }
  const told = tell(rules.tables.notices, settled, 'participant-added', [unit, ...others], said, event);
  return rules.joined(told, unit, event);
}

const isActing = ({ by }: ParticipantAdded, unit: HsaId): boolean => by.kind === 'user' && by.unit === unit;

/** ADR-15: who learns that a unit was added, besides that unit: of a draft its own side (ACC-2), and of a unit that a refusal hides too (CON-5). */
function othersTold<State extends CaseState>(
  rules: RulesOfKind<State>,
  state: State,
  { data: { unit, side } }: ParticipantAdded,
): readonly HsaId[] {
  const hidden = side === 'hospital' && rules.hidesHospital(state);
  const told = hidden || state.phase === 'draft' ? unitsOf(state, draftSide(state)) : everyUnit(state);
  return told.filter((each) => each !== unit);
}

/**
 * A unit leaves and is told; the others are told too when it was the last of its side (ADR-11) or a
 * register had named it (ADR-16), and of the one that led the case, who leads it now (SVU-42). A receiver of a draft was never told of it (ACC-2): the own side alone is told why it left. When the leader itself leaves, the case and what it had to do are with the unit of its side that stays.
 */
export function evolveRemoved<State extends CaseState>(
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
  const ended = takenOut(withoutUnit(followed, unit, event), unit, event);
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
  const units =
    last || event.data.othersTold === true || leaver.length === 0 ? [...leaver, ...others] : leaver;
  const told = tell(rules.tables.notices, asked, 'participant-removed', units, { unit, reason }, event);
  return handedOverTo === undefined ? told : rules.handedOver(told, unit, handedOverTo, event);
}

/** ADR-10: by a person's act. What a register says afterwards does not undo it. */
function takenOut<State extends CaseState>(state: State, unit: HsaId, { by }: ParticipantRemoved): State {
  return by.kind === 'user' ? { ...state, takenOut: [...(state.takenOut ?? []), unit].toSorted() } : state;
}
