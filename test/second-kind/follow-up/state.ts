import type { CaseState } from '../../../src/process/case/state.js';
import type { HsaId, LocalDate, Notice, Todo } from '../../../src/process/vocabulary.js';
import type { followUpWays } from './codes.js';
import type { followUpTables } from './rows.js';

export type FollowUpWay = keyof typeof followUpWays.concepts;

/** A follow-up after care at home: what every case has, and its own. */
export type FollowUpState = CaseState & {
  readonly kind: 'follow-up';
  readonly phase: 'draft' | 'published' | 'finished' | 'annulled';
  readonly todos: Readonly<Record<string, Todo<keyof typeof followUpTables.todos>>>;
  readonly notices: Readonly<Record<string, Notice<keyof typeof followUpTables.notices>>>;
  /** The unit that leads it. */
  readonly leader: HsaId;
  readonly until: LocalDate;
  /** What is to be followed up, in words of the staff: forgotten with a refusal (CON-5). */
  readonly purpose?: string;
  readonly way?: FollowUpWay;
};
