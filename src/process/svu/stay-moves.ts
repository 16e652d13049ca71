import { openOfKind } from '../case/ask-leader.js';
import type { Moment, OfType } from '../case/event.js';
import type { StayChange, ToldOfStay, Ward } from '../case/told-of-stay.js';
import type { StayState } from '../stay/stay.js';
import type { HsaId } from '../vocabulary.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';

export const wardsOf = ({ wards, ward }: StayState): readonly HsaId[] => [
  ...new Set([...wards.map((each) => each.ward), ...(ward === undefined ? [] : [ward])]),
];

export const isWithin = (state: SvuState, ward: HsaId, { organisationOf }: ToldOfStay): boolean =>
  organisationOf(ward) === (organisationOf(state.ward) ?? state.organisation);

/** What a case is told of a stay that it is tied to. */
export function linkTo(
  state: SvuState,
  { id, now }: StayChange,
  told: ToldOfStay,
): OfType<SvuCommand, 'link-stay'>['data'] {
  const all = wardsOf(now);
  const wards = all.filter((ward) => isWithin(state, ward, told));
  return { stayId: id, wards, ...(wards.length < all.length ? { elsewhere: true } : {}) };
}

/** A move that the case follows, or of which the ward is asked (SVU-25, SVU-42). Without a ward: to one that nobody here knows. */
export function moveTo(
  state: SvuState,
  to: Ward | undefined,
  { organisationOf, noticeFor, at, by }: ToldOfStay,
): OfType<SvuCommand, 'change-ward'> {
  const envelope = { at, by };
  if (to === undefined) return { type: 'change-ward', ...envelope, data: { known: false } };
  // Handed over by hand, the case may be at a ward of another organisation than the one that opened it.
  const ofCase = organisationOf(state.ward) ?? state.organisation;
  const organisation = organisationOf(to.id);
  const other = organisation !== undefined && organisation !== ofCase;
  const notice = other ? { elsewhere: true, notice: noticeFor(to.id) } : {};
  const data = { ward: to.id, ...nameOf(to), known: to.known, ...notice };
  return { type: 'change-ward', ...envelope, data };
}

export const nameOf = ({ name }: { readonly name: string | undefined }): { readonly wardName?: string } =>
  name === undefined ? {} : { wardName: name };

/**
 * What a ward is asked because of its case's stay, told anew: a ward that takes the place of another has not got the patient back from
 * where she is.
 */
export function askedOfJournal(state: SvuState, moment: Moment): readonly SvuCommand[] {
  const { journalDischargedAt: dischargedAt, notAddressed } = state;
  if (dischargedAt !== undefined)
    return [{ type: 'note-journal-discharge', ...moment, data: { dischargedAt } }];
  if (notAddressed.hospital !== undefined)
    return [{ type: 'change-ward', ...moment, data: { known: false } }];
  const { ward, wardName } = openOfKind(state, 'hand-over-case')?.input ?? {};
  if (ward === undefined) return [];
  const notice = state.askedElsewhere?.[ward];
  const to = { ward, ...nameOf({ name: wardName }), known: true, elsewhere: true };
  return [{ type: 'change-ward', ...moment, data: { ...to, ...(notice && { notice }) } }];
}
