import { openOfKind } from '../case/ask-leader.js';
import { isOpen } from '../case/questions.js';
import type { StayChange, ToldOfStay } from '../case/told-of-stay.js';
import { isGivenUp, placeOf } from '../stay/stay-of.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';
import { followStay, catchUp } from './follow-stay.js';
import { commandsForEnded } from './stay-after-end.js';
import { linkTo, nameOf, isWithin, wardsOf } from './stay-moves.js';
import { otherCareOf } from './other-care.js';
import { beganTogether, belongsTo, fitsBetter, isCertainlyOf, mayBeOf } from './stay-of-case.js';

/** A case that was annulled because its stay never was is told if the stay is there after all; one that was annulled by hand is not. */
export const hearsOfStays = ({ phase, annulledByJournalAt }: SvuState): boolean =>
  phase !== 'annulled' || annulledByJournalAt !== undefined;

/** PAT-13: the visit was another person's, and is this one's again. */
const isBack = ({ before, now }: StayChange): boolean =>
  before !== undefined && isGivenUp(before.facts) && !isGivenUp(now.facts);

/**
 * What a journal fact does to a case: what the stay says now, where that is another thing than the case heard of it last (decision 95).
 * So it does not matter of which kind the fact is, nor whether it is late: a discharge becomes the ward's to-do to publish it (SVU-21),
 * another ward takes the case along (SVU-25), another expected discharge and a stay that goes on or never was become to-dos, and an
 * unpublished draft of a stay that never was is annulled. The process may find that a fact changes nothing; that is not an error of
 * the fact.
 *
 * A move to a ward of another organisation takes no case along (ORG-3): both wards are asked (SVU-42).
 *
 * A case that was opened before its stay was known, and tied to an older one, is tied to its own when that comes, and catches up.
 * Of a stay that is not its own the ward is asked, as long as the patient is there (CON-14).
 */
export function commandsOfStay(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, at, by } = told;
  const envelope = { at, by };
  if (!isOpen(state)) return commandsForEnded(state, told);
  if (isTiedAnew(state, told)) {
    const data = { ...linkTo(state, stay, told), ...(state.stayId && { instead: state.stayId }) };
    return [
      { type: 'link-stay', ...envelope, data },
      ...catchUp(state, told),
      ...otherCareOf(state, stay, told, true),
    ];
  }
  if (isBack(stay) && state.stayId === stay.id) {
    return [
      { type: 'settle-identity', ...envelope, data: { stay: true } },
      ...catchUp(state, told),
      ...otherCareOf(state, stay, told, true),
    ];
  }
  const care = isCertainlyOf(state, stay) ? otherCareOf(state, stay, told) : [];
  return [...commandsForOpen(state, told), ...expectationOf(state, told), ...care];
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
  const { before, now } = stay;
  const { expectedDischarge: date } = now;
  if (fact.kind === 'admitted' || date === before?.expectedDischarge) return [];
  if (!isCertainlyOf(state, stay)) return [];
  const data = date === undefined ? {} : { date };
  return [{ type: 'note-journal-expected-discharge', at, by, data }];
}

/** Facts that say enough of a stay for a case that is tied to none; what is changed or cancelled says too little of which one it is. */
const telling: ReadonlySet<ToldOfStay['fact']['kind']> = new Set(['admitted', 'transferred', 'discharged']);

function commandsForOpen(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, fact, ward, organisationOf, at, by } = told;
  const certain = isCertainlyOf(state, stay);
  const own = certain || (telling.has(fact.kind) && belongsTo(state, stay, ward && organisationOf(ward.id)));
  if (!own) return ofAnotherStay(state, told);
  // A discharge of a stay that nobody told of before does not say that it is the one of the case.
  const ties = state.stayId === undefined && (certain || fact.kind !== 'discharged');
  const link: readonly SvuCommand[] = ties
    ? [{ type: 'link-stay', at, by, data: linkTo(state, stay, told) }]
    : [];
  return [...link, ...followStay(state, told)];
}

/**
 * CON-14: the patient is admitted in another stay, or was moved there: the ward is asked about the case. Once that stay has ended, or
 * never was, it is asked no more.
 */
function ofAnotherStay(state: SvuState, { stay, fact, organisationOf, wardOf, at, by }: ToldOfStay) {
  const { id, before, now, late } = stay;
  const asked = openOfKind(state, 'review-open-case-elsewhere') !== undefined;
  const isThere = (each: typeof now | undefined) =>
    each?.status === 'in-progress' && each.facts.some(({ kind }) => kind === 'admitted');
  if (!isThere(now)) {
    const over =
      asked &&
      now.status !== 'in-progress' &&
      state.admittedElsewhere?.some(({ stayId }) => stayId === id) === true;
    return over ? [{ type: 'note-elsewhere-ended', at, by, data: { stayId: id } } as const] : [];
  }
  const news =
    (fact.kind === 'admitted' && !late) || !isThere(before) || (asked && placeOf(before) !== placeOf(now));
  if (!news) return [];
  // Where in another organisation the patient is, is not for this one to know (ORG-3).
  const within = now.ward !== undefined && organisationOf(now.ward) === state.organisation;
  const ward = within && now.ward !== undefined ? wardOf(now.ward) : undefined;
  const data = { ...(ward === undefined ? {} : { ward: ward.id, ...nameOf(ward) }), stayId: id };
  return [{ type: 'note-admission-elsewhere', at, by, data } as const];
}
