import type { Directory } from '../directory/organisation.js';
import type { CaseKinds } from './kinds/case-kind.js';
import type { Log, Sql } from '../log/log.js';
import type { TimeBounds } from '../messaging/contracts/time-bounds.js';
import type { Questionnaires } from '../questionnaires/questionnaires.js';
import type { Policies } from '../policies/policies.js';
import type { Registers } from '../persons/registers.js';

/** What the application services work with; made once by the composition. */
export type CasesDependencies = {
  readonly log: Log;
  readonly kinds: CaseKinds;
  /** Connections for reading outside transactions. */
  readonly sql: Sql;
  readonly directory: Directory;
  readonly policies: Policies;
  /** What forms under cases ask. */
  readonly questionnaires: Questionnaires;
  readonly registers: Registers;
  /** How far from now a time of a case may lie. */
  readonly timeBounds: TimeBounds;
  /** How many notices a case may have sent before a person's step that sends another is refused; one that ends the case is not. */
  readonly noticeLimit: number;
  /** How many messages a case may have before one is refused to a unit that has sent its share of them. */
  readonly messageLimit: number;
  /** How many times units may save in a form before one that has saved its share is refused. */
  readonly formSaveLimit: number;
  readonly now: () => Date;
};

/** The hub acting on what a register, a journal or the clock says. */
export const systemActor = (
  system: 'population-register' | 'listing-service' | 'journal' | 'catalogue' | 'clock',
) => ({ kind: 'system', system }) as const;
