import { currentDecision } from './questions.js';
import type { CaseState } from './state.js';

/**
 * How much of a case may be seen, from nothing that is personal to everything. `none`: that the case exists and what names no person
 * (PAT-6, CON-8). `minimum`: what a refusal leaves (CON-5). `full`: everything the case has.
 */
export const sharedLevels = ['none', 'minimum', 'full'] as const;
export type SharedLevel = (typeof sharedLevels)[number];

/** Whether a level is enough for what needs another. */
export const reaches = (level: SharedLevel, needed: SharedLevel): boolean =>
  sharedLevels.indexOf(level) >= sharedLevels.indexOf(needed);

/** The higher of two levels. */
export const higherLevel = (one: SharedLevel, other: SharedLevel): SharedLevel =>
  reaches(one, other) ? one : other;

/**
 * What the case shares now (CON-5, CON-8, PAT-6). A refusal counts at once, also in a draft; when a decision is deregistered, what was
 * published stays.
 */
export function sharedLevel(state: CaseState): SharedLevel {
  if (state.frozen) return 'none';
  return state.sharing === 'minimum' || isDraftUnderRefusal(state) ? 'minimum' : 'full';
}

/** A draft's last word counts even before it is published, so that a refusal hides at once. */
function isDraftUnderRefusal(state: CaseState): boolean {
  return state.sharing === undefined && currentDecision(state)?.data.kind === 'refusal';
}
