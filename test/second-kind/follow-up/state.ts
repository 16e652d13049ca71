import type { CaseState } from '../../../src/process/case/state.js';
import type { HsaId, LocalDate } from '../../../src/process/vocabulary.js';

/** A follow-up after care at home: what every case has, and its own. */
export type FollowUpState = CaseState & {
  readonly kind: 'follow-up';
  readonly phase: 'draft' | 'published' | 'finished' | 'annulled';
  /** The unit that opened it and leads it. */
  readonly leader: HsaId;
  readonly until: LocalDate;
  /** What is to be followed up, in words of the staff: forgotten with a refusal (CON-5). */
  readonly purpose?: string;
};
