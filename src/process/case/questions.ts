import { settingsOf } from '../policy/settings-of.js';
import type { SharedSettings } from '../policy/shared-settings.js';
import type { HsaId, Side } from '../vocabulary.js';
import type { CaseState, RegisteredDecision } from './state.js';

/** Whether the case is under way: a draft or published, frozen or not (SVU-2). */
export function isOpen(state: CaseState): boolean {
  return state.phase === 'draft' || state.phase === 'published';
}

/** Whether the case was a mistake and is no more: all that is left of it is the notice that says so (SVU-6, VIEW-11). */
export function isAnnulled({ phase }: CaseState): boolean {
  return phase === 'annulled';
}

/** The one decision that stands (CON-2); undefined when there is none or it was deregistered (CON-8). */
export function currentDecision(state: CaseState): RegisteredDecision | undefined {
  const last = state.decisions.at(-1);
  return last?.endedAt === undefined ? last : undefined;
}

/** Whether the decision that stands is a refusal. */
export function isRefused(state: CaseState): boolean {
  return currentDecision(state)?.data.kind === 'refusal';
}

/**
 * The last that the patient, or who decides for her, has said of sharing, whether or not it still stands (CON-6). What was registered by
 * mistake was never said, and what others decided (a harm assessment, a law) is no word of hers.
 */
export function lastWord(decisions: readonly RegisteredDecision[]): RegisteredDecision | undefined {
  return decisions.findLast(
    ({ mistake, data: { kind } }) => mistake !== true && (kind === 'consent' || kind === 'refusal'),
  );
}

/**
 * Whether what staff write freely is kept now: in a draft, which is the own side's alone (ACC-2), and while a decision lets it be
 * shared (CON-5, CON-8).
 */
export function keepsText(state: CaseState): boolean {
  return !isRefused(state) && (state.publishedAt === undefined || currentDecision(state) !== undefined);
}

/** The settings that every kind has of the policy that the case was opened under. Those of one kind are read in its own room. */
export function policyOfCase(state: CaseState): SharedSettings {
  return settingsOf(state.policy);
}

/** The side that opened the case, which alone sees it while it is a draft (ACC-2). */
export function draftSide({ openedBy }: CaseState): Side {
  return openedBy.kind === 'user' ? openedBy.side : 'hospital';
}

/** Whether a unit of a side sees the case as it is: of a draft the side alone that opened it (ACC-2). */
export function mayLookInto(state: CaseState, { side }: { readonly side: Side }): boolean {
  return state.publishedAt !== undefined || side === draftSide(state);
}

/** Participating units of the given sides, in the order of their ids. */
export function unitsOf(state: CaseState, ...sides: readonly Side[]): readonly HsaId[] {
  return Object.values(state.participants)
    .filter((each) => sides.includes(each.side))
    .map((each) => each.unit)
    .toSorted();
}

/** ORG-10: a unit outside health and social care, and none but such, is bound by weaker secrecy; the organisation file is checked for it. */
export const hasWeakerSecrecy = ({ side }: { readonly side: Side }): boolean => side === 'other';

/** What a unit is called, as far as the case knows; else nothing, for staff read names and not ids. */
export function nameOf(state: CaseState, unit: HsaId): string {
  return state.unitNames[unit] ?? '';
}

/** Every participating unit, in the order of their ids. */
export function everyUnit(state: CaseState): readonly HsaId[] {
  return Object.keys(state.participants).toSorted();
}

/** The side on which a unit takes part, or did. Of one that left before that was kept none is known: it counts as the hospital's. */
export function sideOf(state: CaseState, unit: HsaId): Side {
  return state.participants[unit]?.side ?? state.formerSides?.[unit] ?? 'hospital';
}

/** Whether a unit stands on the hospital side of the case, or stood there, or nobody knows. */
export const isOfHospital = (state: CaseState, unit: HsaId): boolean => sideOf(state, unit) === 'hospital';
