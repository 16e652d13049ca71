import type { StayChange } from '../case/told-of-stay.js';
import { isGivenUp } from '../stay/stay-of.js';
import type { StayState } from '../stay/stay.js';
import type { SvuState } from './state.js';
import { wardsOf } from './stay-moves.js';

const minute = 60_000;
const hour = 3_600_000;
/** A case may be opened a little before the journal says that the patient is there. */
const early = hour;
/** How far what a ward writes as the admission may lie from what the journal says, where nothing else ties the two. */
const near = 24 * hour;

/** A stay that began so near to what the case says is taken for its own. */
const clearly = hour;

type Opened = Pick<SvuState, 'admittedAt' | 'ward'>;

/** How far the admission of a stay lies from the one that a case is opened for, in milliseconds; without end where it never was. */
export function distance({ admittedAt }: Opened, stay: StayState | undefined): number {
  if (stay?.admittedAt === undefined || stay.status === 'cancelled') return Infinity;
  return Math.abs(Date.parse(stay.admittedAt) - Date.parse(admittedAt));
}

const isOverBefore = ({ admittedAt }: Opened, stay: StayState | undefined): boolean =>
  stay?.dischargedAt !== undefined && Date.parse(stay.dischargedAt) < Date.parse(admittedAt);

/** Whether a stay was over before what a case is opened for began: then it is a former one, whatever is told of it late. */
const isFormer = (opened: Opened, { before, now }: Pick<StayChange, 'before' | 'now'>): boolean =>
  isOverBefore(opened, before) || isOverBefore(opened, now);

/** Whether a stay is another person's (PAT-13), or never was and was told so before: a case that is tied to none waits for its own. */
const isNobodys = ({ before, now }: StayChange): boolean =>
  isGivenUp(now.facts) || (before?.status === 'cancelled' && now.status === 'cancelled');

/**
 * Whether a stay may be the one that a case is opened for: it is or was at its ward, or nobody here knows at which, and then it began
 * about when the case says; and it was not over by then.
 */
export function mayBeOf(opened: Opened, stay: StayState): boolean {
  if (stay.status === 'cancelled' || isOverBefore(opened, stay)) return false;
  const wards = wardsOf(stay);
  return wards.length === 0 ? distance(opened, stay) <= near : wards.includes(opened.ward);
}

/**
 * Whether a stay that is under way at another ward of the organisation may be the one that a case is opened for: it has been at the
 * ward of the case, or began about when the case says. A patient lies at one ward; one that began long before may be one that
 * was never ended.
 */
export function mayBeOfOrganisation(opened: Opened, stay: StayState): boolean {
  return mayBeOf(opened, stay) || distance(opened, stay) <= near;
}

/**
 * Whether a stay began in the very minute that a case is opened for: then it is the case's own, also where the patient was admitted to
 * another ward of its organisation.
 */
export function beganTogether(opened: Opened, stay: StayState): boolean {
  return distance(opened, stay) < minute;
}

/**
 * Whether a case that is tied to one stay is of another after all: it was opened when that one had begun, and clearly nearer to it. So it is
 * when the ward opens it right after an admission that is still on its way, while an older stay of the patient there was never
 * ended. A stay that begins later is another's, because a decision covers one stay (CON-14). A stay that never was at the ward of the
 * case gives way to one that is there and begins with it, however near the two are.
 *
 * @param within whether the stay is within the organisation of the case (ORG-3)
 */
export function fitsBetter(
  state: SvuState,
  stay: StayState,
  tiedTo: StayState | undefined,
  within: boolean,
): boolean {
  const own = mayBeOf(state, stay) || (within && beganTogether(state, stay));
  if (!own || stay.admittedAt === undefined) return false;
  const begun = Date.parse(stay.admittedAt) <= Date.parse(state.openedAt) + early;
  if (begun && isElsewhere(state, tiedTo) && wardsOf(stay).includes(state.ward)) {
    if (distance(state, stay) < clearly) return true;
  }
  const away = distance(state, tiedTo);
  // Two that are about as near are for the ward to tell apart, which is asked.
  return begun && away >= clearly && 2 * distance(state, stay) < away;
}

/** Whether a stay is or was at wards that are known, and never at the one of the case. */
function isElsewhere({ ward }: Opened, stay: StayState | undefined): boolean {
  const wards = stay === undefined ? [] : wardsOf(stay);
  return wards.length > 0 && !wards.includes(ward);
}

/**
 * Whether an open case is of this stay. A case opened before the admission message came names no stay: it is of the stay at its
 * ward, unless that was over before the case began, or the journal has ended the stay it was opened in (CON-14); of one at a ward
 * that nobody here knows, when that began about when the case says; and of a stay that begins with a transfer or a discharge (the
 * admission never came) within its organisation.
 */
export function belongsTo(state: SvuState, stay: StayChange, organisation: string | undefined): boolean {
  if (state.stayId !== undefined) return state.stayId === stay.id;
  if (isFormer(state, stay) || isNobodys(stay)) return false;
  if (stay.now.wards.length === 0 && stay.now.ward === undefined) return mayBeOf(state, stay.now);
  if (stay.now.ward === state.ward || stay.before?.ward === state.ward) {
    return stay.before !== undefined || state.journalDischargedAt === undefined;
  }
  if (stay.before !== undefined || stay.now.facts.some(({ kind }) => kind === 'admitted')) return false;
  return organisation === undefined || organisation === state.organisation;
}

/**
 * Whether a case is of a stay that was known before this fact. A change or a cancellation without what it changes says too
 * little about which stay it is, and a draft annulled by the wrong one is a patient nobody plans for.
 */
export function isCertainlyOf(state: SvuState, stay: StayChange): boolean {
  if (state.stayId !== undefined) return state.stayId === stay.id;
  return stay.before?.ward === state.ward && !isFormer(state, stay) && !isNobodys(stay);
}
