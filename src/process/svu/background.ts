import { isOpen } from './questions.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';

/**
 * Whether care plans of the journals are kept as background of the case: while it is open, and neither frozen (PAT-6) nor under
 * refusal, when nothing else than the minimum is stored for sharing (CON-5).
 */
export function keepsBackground(state: SvuState): boolean {
  return isOpen(state) && sharedContent(state).level === 'full';
}
