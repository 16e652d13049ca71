import type { RuleId } from '../rules/rules.js';
import type { Side } from '../vocabulary.js';

/** What a rejection says: the rule it stands for, and its words in Swedish and English. `{name}` is filled from the rejection's values. */
export type RejectionText = {
  readonly rule: RuleId;
  readonly sv: string;
  readonly en: string;
  /** The caller takes part in the case, so that there is one is no secret, but this is not theirs to do. */
  readonly forbidden?: true;
  /** The caller may not know: answered as what does not exist. */
  readonly hidden?: true;
  /** The step is this side's alone; whoever of another side takes part in the case is forbidden it. */
  readonly side?: Side;
  /** Something that is there already stands in the way. */
  readonly conflict?: true;
};

/** Rows of rejections, by their code. */
export type RejectionTexts = Readonly<Record<string, RejectionText>>;

/** Ties a table to its codes, so that these are exact and every rule named is one that exists. */
export function table<Code extends string>(
  texts: Record<Code, RejectionText>,
): Readonly<Record<Code, RejectionText>> {
  return texts;
}
