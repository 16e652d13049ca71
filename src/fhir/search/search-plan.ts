import type { Uuid } from '../../process/vocabulary.js';
import type { DateCriterion } from './date-range.js';

/**
 * A search after its parameters are understood: what the SQL is made from and what a cursor carries. It holds no
 * personal number; a number that was searched for has become the id of a person, or nobody.
 */
export type SearchPlan = {
  readonly type: string;
  /** Every group must match; a group matches by any of its index entries. */
  readonly tokens: readonly (readonly string[])[];
  /** `_id`: any of these; absent: no matter. */
  readonly ids?: readonly Uuid[];
  readonly dates: readonly (DateCriterion & { readonly column: DateColumn })[];
  /** Work list: HSA-ids of the units whose Tasks, and the states asked for. */
  readonly owners?: readonly string[];
  readonly statuses?: readonly string[];
  readonly sort: Sort;
  /** Resources on a page; 0: the count alone. */
  readonly count: number;
  readonly total: boolean;
  readonly includes: readonly Include[];
};

export type DateColumn = 'period' | 'deadline' | 'last-updated';
export type Sort = 'last-updated' | '-last-updated' | 'deadline' | '-deadline';
/** `_include=Type:parameter` or `Type:parameter:Target`. */
export type Include = { readonly parameter: string; readonly target?: string };

/** Where a page ended: the sort value (null: the row has none) and the id of its last row. */
export type Position = { readonly value: string | null; readonly id: Uuid };
