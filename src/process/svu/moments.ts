import type { Instant } from '../vocabulary.js';

/**
 * The moments that a case says itself. A deadline that the row of a to-do names (`deadline`) is one of these, and moves with it. Any other is
 * given by the subject that opens the to-do (`openTodo`): acknowledgement-rounds.ts, ask-contact.ts, documents-asked.ts, planning-ground.ts, track.ts.
 */
export type MomentsOfSvu = {
  readonly admittedAt: Instant;
  readonly needsAssessedAt?: Instant;
  /** When the admission notice is due (SVU-5). */
  readonly admissionNoticeDue: Instant;
  readonly journalDischargedAt?: Instant;
};
