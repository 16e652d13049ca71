import { openOfKind } from '../case/ask-leader.js';
import { isOpen } from '../case/questions.js';
import type { StayChange, ToldOfStay } from '../case/told-of-stay.js';
import { isGivenUp, nowhere, placeOf, stayOf } from '../stay/stay-of.js';
import type { StayState } from '../stay/stay.js';
import type { HsaId } from '../vocabulary.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';
import { isWithin, moveTo } from './stay-moves.js';

/** The stay as the case heard of it last. That it was another's for a while took the case nowhere (PAT-13). */
export function heardOf({ before }: StayChange): StayState | undefined {
  if (before === undefined || !isGivenUp(before.facts)) return before;
  return stayOf(
    before.personId,
    before.facts.filter(({ kind }) => kind !== 'of-another-person'),
  );
}

/**
 * The commands after which an open case says of its stay what the stay says: that it goes on and where, that it has ended, or that it
 * never was. A command that brings nothing new changes nothing, so all that the stay says now is told each time; only what the
 * ward may have answered already, a stay that never was and a move, is told where it is new.
 */
export function followStay(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, fact, at, by } = told;
  const { now, late } = stay;
  // What is said last in other care takes no stay back (decision 116).
  const takenBack = fact.kind === 'admission-cancelled' && !late && now.facts.at(-1)?.otherCare !== true;
  if (isGivenUp(now.facts) && !takenBack) return [];
  const envelope = { at, by };
  const moved = isMoved(state, told) ? [moveThere(state, told)] : [];
  if (now.status === 'cancelled') {
    const isNew = heardOf(stay)?.status !== 'cancelled' || takenBack;
    const data = { elsewhere: told.stayUnderWay };
    return [...moved, ...(isNew ? [{ type: 'note-admission-cancelled', ...envelope, data } as const] : [])];
  }
  const restored = { type: 'note-admission-restored', ...envelope, data: {} } as const;
  // A move says that the patient is there, so that she has left is told after it.
  if (now.status === 'finished') return [restored, ...moved, ...discharged(now, envelope)];
  return [restored, { type: 'note-discharge-cancelled', ...envelope, data: {} }, ...moved];
}

/** What a case has missed of a stay that it is tied to only now, or that is its own again. */
export function catchUp(state: SvuState, told: ToldOfStay): readonly SvuCommand[] {
  const { stay, at, by } = told;
  const { status, expectedDischarge: date, ward } = stay.now;
  const envelope = { at, by };
  if (status === 'finished') {
    const last = placeOf(stay.now);
    const isOurs = last !== undefined && isHere(state, last, told);
    return [...(isOurs ? [moveThere(state, told)] : []), ...discharged(stay.now, envelope)];
  }
  const move = status === 'cancelled' || ward === undefined ? [] : [moveThere(state, told)];
  const expects = date !== undefined || state.journalExpects !== undefined;
  const data = date === undefined ? {} : { date };
  return [
    ...move,
    ...(expects ? [{ type: 'note-journal-expected-discharge', ...envelope, data } as const] : []),
  ];
}

function discharged(
  { dischargedAt }: StayState,
  envelope: Pick<SvuCommand, 'at' | 'by'>,
): readonly SvuCommand[] {
  return dischargedAt === undefined
    ? []
    : [{ type: 'note-journal-discharge', ...envelope, data: { dischargedAt } }];
}

/** The command by which a case goes where the patient is, or its ward is asked. */
export function moveThere(state: SvuState, told: ToldOfStay): ReturnType<typeof moveTo> {
  const { ward } = told.stay.now;
  return moveTo(state, ward === undefined ? undefined : told.wardOf(ward), told);
}

/**
 * Whether the stay says another ward than the case heard of it last. Where the ward opened the case elsewhere than the journal had the
 * patient, or handed it over, its act is newer than the journal's word and stands until the journal says another. Of a patient who has
 * left, or never was there, no ward is asked where she was; but the case is at her last ward.
 */
export function isMoved(state: SvuState, told: ToldOfStay): boolean {
  const { stay, fact } = told;
  const there = placeOf(stay.now);
  if (there === undefined) return false;
  const heard = heardOf(stay);
  const before = placeOf(heard);
  const isThere = stay.now.status === 'in-progress';
  if (!isThere && isOpen(state) && !isHere(state, there, told)) return false;
  // Of a stay that is told of for the first time, or had said no ward, nothing but where the patient is takes the case along.
  if (before === undefined && fact.kind !== 'transferred' && there === nowhere) return false;
  if (before === undefined ? heard !== undefined : before !== there) return true;
  if (!isThere) return false;
  if (fact.kind === 'transferred' && !stay.late) return true;
  if (isAskedOfAnother(state, there, told)) return true;
  return heard !== undefined && heard.status !== 'in-progress' && !isHere(state, there, told);
}

/** Whether its ward can plan for a patient there: at a ward that is known, and of its organisation. */
const isHere = (state: SvuState, there: HsaId, told: ToldOfStay): boolean =>
  there !== nowhere && told.wardOf(there).known && isWithin(state, there, told);

/** Whether what the ward is asked because of a move is of another than the one that the stay says. */
function isAskedOfAnother(state: SvuState, there: HsaId, told: ToldOfStay): boolean {
  const asked = openOfKind(state, 'hand-over-case')?.input?.['ward'];
  if (asked !== undefined && asked !== there) return true;
  return state.notAddressed.hospital !== undefined && there !== nowhere && told.wardOf(there).known;
}
