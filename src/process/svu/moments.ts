import type { Instant } from '../vocabulary.js';

/** The moments that a case says itself. A deadline of a to-do is one of these (`deadline` of its row), and moves with it. */
export type MomentsOfSvu = {
  readonly admittedAt: Instant;
  readonly needsAssessedAt?: Instant;
  /** When the admission notice is due (SVU-5). */
  readonly admissionNoticeDue: Instant;
  readonly journalDischargedAt?: Instant;
};
