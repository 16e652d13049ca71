import { isOpen } from '../case/questions.js';
import type { StayChange, ToldOfStay } from '../case/told-of-stay.js';
import { isGivenUp } from '../stay/stay-of.js';
import type { HsaId } from '../vocabulary.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';
import { commandsForEnded } from './stay-after-end.js';
import { linkTo, moveTo, nameOf, isWithin, wardsOf } from './stay-moves.js';
import { beganTogether, belongsTo, catchUp, fitsBetter, isCertainlyOf, mayBeOf } from './stay-of-case.js';

/** A case that was annulled because its stay never was is told if the stay is there after all; one that was annulled by hand is not. */
export const hearsOfStays = ({ phase, annulledByJournalAt }: SvuState): boolean =>
  phase !== 'annulled' || annulledByJournalAt !== undefined;

/** PAT-13: the visit was another person's, and is this one's again. */
const isBack = ({ before, now }: StayChange): boolean =>
  before !== undefined && isGivenUp(before.facts) && !isGivenUp(now.facts);

/**
 * What a journal fact does to a case (the table of design, section 5): an admission asks the ward about an open
 * case elsewhere, a transfer takes the case along (SVU-25), a discharge becomes the ward's to-do to publish it (SVU-21),
 * another expected discharge and what is cancelled become to-dos, and an unpublished draft of a stay that never was is
 * annulled. The process may find that a fact changes nothing; that is not an error of the fact.
 *
 * A move to a ward of another organisation takes no case along (ORG-3): both wards are asked (SVU-42).
 *
 * A case that was opened before its stay was known, and tied to an older one, is tied to its own when that comes, and catches up.
 *
 * A late fact changes no case, except that the day the journal now expects, or which stay it is, may have become known by it.
 */
export function commandsOfStay(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, at, by } = told;
  const envelope = { at, by };
  if (!isOpen(state)) return stay.late ? [] : commandsForEnded(state, told);
  if (isTiedAnew(state, told)) {
    const data = { ...linkTo(state, stay, told), ...(state.stayId && { instead: state.stayId }) };
    const move = (ward: HsaId) => moveTo(state, told.wardOf(ward), told);
    return [{ type: 'link-stay', ...envelope, data }, ...catchUp(state, stay.now, envelope, move)];
  }
  if (isBack(stay) && state.stayId === stay.id) {
    const move = (ward: HsaId) => moveTo(state, told.wardOf(ward), told);
    return [
      { type: 'settle-identity', ...envelope, data: { stay: true } },
      ...catchUp(state, stay.now, envelope, move),
    ];
  }
  const expected = expectationOf(state, told);
  return stay.late ? expected : [...commandsForOpen(state, told), ...expected];
}

/** Whether the case is of this stay, and not of the one that it is tied to, or not yet tied and at another ward than the stay. */
function isTiedAnew(state: SvuState, told: ToldOfStay): boolean {
  const { id, now } = told.stay;
  if (state.stayId === id) return false;
  const within = wardsOf(now).every((ward) => isWithin(state, ward, told));
  if (state.stayId !== undefined) return fitsBetter(state, now, told.tiedTo, within);
  return within && now.status !== 'cancelled' && !mayBeOf(state, now) && beganTogether(state, now);
}

/** The day that the journal expects, where this fact made it another. What an admission says is where the case begins. */
function expectationOf(state: SvuState, { stay, fact, at, by }: ToldOfStay): readonly SvuCommand[] {
  const { id, before, now } = stay;
  const { expectedDischarge: date } = now;
  if (fact.kind === 'admitted' || date === before?.expectedDischarge) return [];
  if (!isOpen(state) || !isCertainlyOf(state, id, before)) return [];
  const data = date === undefined ? {} : { date };
  return [{ type: 'note-journal-expected-discharge', at, by, data }];
}

function commandsForOpen(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, fact, ward, organisationOf, at, by } = told;
  const envelope = { at, by };
  const organisation = ward && organisationOf(ward.id);
  const ofThisStay = belongsTo(state, stay, organisation);
  const certain = isCertainlyOf(state, stay.id, stay.before);
  const linked: readonly SvuCommand[] =
    ofThisStay && state.stayId === undefined
      ? [{ type: 'link-stay', ...envelope, data: linkTo(state, stay, told) }]
      : [];
  switch (fact.kind) {
    case 'admitted': {
      const restored: readonly SvuCommand[] =
        ofThisStay && stay.before?.status === 'cancelled'
          ? [{ type: 'note-admission-restored', ...envelope, data: {} }]
          : [];
      if (ofThisStay) return [...linked, ...restored];
      // Where in another organisation the patient is, is not for this one to know (ORG-3).
      const data = ward && organisation === state.organisation ? { ward: ward.id, ...nameOf(ward) } : {};
      return [{ type: 'note-admission-elsewhere', ...envelope, data }];
    }
    case 'transferred': {
      return ofThisStay ? [...linked, moveTo(state, ward, told)] : [];
    }
    case 'changed': {
      // A ward that differs moves the case as a transfer does; the ward of a stay that nobody told of does not.
      const moved = ward !== undefined && stay.now.ward === ward.id && stay.before?.ward !== ward.id;
      if (!certain || !moved || stay.now.status !== 'in-progress') return [];
      return [moveTo(state, ward, told)];
    }
    case 'discharged': {
      const data = { dischargedAt: fact.dischargedAt ?? fact.occurredAt };
      if (!ofThisStay) return [];
      return [...(certain ? linked : []), { type: 'note-journal-discharge', ...envelope, data }];
    }
    case 'admission-cancelled': {
      const data = { elsewhere: told.stayUnderWay };
      return certain ? [{ type: 'note-admission-cancelled', ...envelope, data }] : [];
    }
    case 'discharge-cancelled':
      return certain ? [{ type: 'note-discharge-cancelled', ...envelope, data: {} }] : [];
    default:
      fact.kind satisfies never;
      return [];
  }
}
