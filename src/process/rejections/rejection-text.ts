import type { RuleId } from '../rules/rules.js';
import type { Side } from '../vocabulary.js';

/** What a rejection says: the rule it stands for, and its words in Swedish and English. `{name}` is filled from the rejection's values. */
export type RejectionText = {
  readonly rule: RuleId;
  readonly sv: string;
  readonly en: string;
  /** The step is this side's alone; whoever of another side takes part in the case is forbidden it. */
  readonly side?: Side;
  /** Something that is there already stands in the way. */
  readonly conflict?: true;
};

/** Ties a table to its keys, so that `RejectionCode` is exact and every rule named is one that exists. */
export function table<Code extends string>(
  texts: Record<Code, RejectionText>,
): Readonly<Record<Code, RejectionText>> {
  return texts;
}
