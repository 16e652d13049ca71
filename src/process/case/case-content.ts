import type { Notice } from '../vocabulary.js';
import type { SharedLevel } from './shared-level.js';
import type { CaseState, RegisteredDecision } from './state.js';

/**
 * What of any case its views may show. What is absent may not be shown; a view never asks the state itself for it. A kind adds its own
 * fields and fills all of them.
 */
export type CaseContent = {
  readonly level: SharedLevel;
  /** Whether staff of the hospital side may be named; no minimum lists them. */
  readonly namesHospitalStaff: boolean;
  /** Whether what staff wrote freely may be shown. */
  readonly freeText: boolean;
  readonly contacts: CaseState['contacts'];
  readonly decisions: readonly RegisteredDecision[];
  readonly notices: Readonly<Record<string, Notice>>;
};
