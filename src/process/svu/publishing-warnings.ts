import { isRefused, unitsOf } from '../case/questions.js';
import type { Decision } from '../rejections/rejection.js';
import type { Instant } from '../vocabulary.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';
import { isWithinShortStay } from './short-stay.js';
import type { SvuState } from './state.js';

/** The warnings of publishing; each is confirmed by its code. */
export const publishingWarnings = ['primary-care-missing'] as const;

/** What there is to confirm before the admission notice goes out. */
export const warningsOfPublishing = (state: SvuState): readonly (typeof publishingWarnings)[number][] =>
  lacksPrimaryCare(state) ? publishingWarnings : [];

/** SVU-28: where the policy has it, of a stay that is not too long already; a refusal shares nothing of it (CON-5). */
export function faultInShortStay(state: SvuState, at: Instant): Decision<never> | undefined {
  const field = 'shortStay';
  if (!policyOfSvu(state).shortStay) return reject('short-stay-not-here', { field });
  if (isRefused(state)) return reject('refusal-shares-minimum', { field });
  return isWithinShortStay(state, at) ? undefined : reject('stay-not-short', { field });
}

/**
 * SVU-40: where the municipality gets the notice, primary care gets it too; also the minimum under a refusal. A case does not tell a
 * municipality's health care from its social services, so any unit of it counts.
 */
const lacksPrimaryCare = (state: SvuState): boolean =>
  unitsOf(state, 'municipality').length > 0 && unitsOf(state, 'outpatient').length === 0;
