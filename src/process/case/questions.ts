import { settingsOf } from '../policy/policy.js';
import type { PolicySettings } from '../policy/policy.js';
import type { HsaId, Side } from '../vocabulary.js';
import type { RegisteredDecision, SvuState } from '../svu/state.js';

/** Whether the case is under way: a draft or published, frozen or not (SVU-2). */
export function isOpen(state: SvuState): boolean {
  return state.phase === 'draft' || state.phase === 'published';
}

/** The one decision that stands (CON-2); undefined when there is none or it was deregistered (CON-8). */
export function currentDecision(state: SvuState): RegisteredDecision | undefined {
  const last = state.decisions.at(-1);
  return last?.endedAt === undefined ? last : undefined;
}

/** Whether the decision that stands is a refusal. */
export function isRefused(state: SvuState): boolean {
  return currentDecision(state)?.data.kind === 'refusal';
}

/**
 * Whether what staff write freely is kept now: in a draft, which is the hospital's own (ACC-2), and while a decision lets it be
 * shared (CON-5, CON-8).
 */
export function keepsText(state: SvuState): boolean {
  return !isRefused(state) && (state.publishedAt === undefined || currentDecision(state) !== undefined);
}

/** The settings of the policy that the case was opened under. */
export function policyOfCase(state: SvuState): PolicySettings {
  return settingsOf(state.policy);
}

/** Participating units of the given sides, in the order of their ids. */
export function unitsOf(state: SvuState, ...sides: readonly Side[]): readonly HsaId[] {
  return Object.values(state.participants)
    .filter((each) => sides.includes(each.side))
    .map((each) => each.unit)
    .toSorted();
}

/** What a unit is called, as far as the case knows; else its HSA-id. */
export function nameOf(state: SvuState, unit: HsaId): string {
  return state.unitNames[unit] ?? unit;
}

/** Every participating unit, in the order of their ids. */
export function everyUnit(state: SvuState): readonly HsaId[] {
  return Object.keys(state.participants).toSorted();
}

/** The sides that receive what the hospital publishes. */
export const receivingSides = ['outpatient', 'municipality', 'other'] as const;
