import { currentDecision, isOpen } from '../case/questions.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';

/**
 * Whether care plans of the journals are kept as background of the case: while it is open, and neither frozen (PAT-6) nor under
 * refusal, when nothing else than the minimum is stored for sharing (CON-5).
 */
export function keepsBackground(state: SvuState): boolean {
  return isOpen(state) && sharedContent(state).level === 'full';
}

/**
 * Whether those who see the case in full read its background: only while a decision stands. What was published before a
 * decision was deregistered stays readable, but background is as the journals have it now, so it would be something new (CON-8).
 */
export function sharesBackground(state: SvuState): boolean {
  return keepsBackground(state) && currentDecision(state) !== undefined;
}
