import { rules } from '../../process/rules.js';
import type { RuleId } from '../../process/rules.js';

/** A list of rules names something that is no rule. */
class NoSuchRule extends Error {
  override readonly name = 'NoSuchRule';
}

/**
 * Reads a list of rules: ids apart by commas or white space, ranges as `PAT-1..7`, a comment from `#` to the end of its line.
 *
 * @throws {NoSuchRule} for an id that is not in the table
 */
export function readRuleList(text: string): readonly RuleId[] {
  const words = text
    .replaceAll(/#.*$/gm, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  return words.flatMap(expand).map((id) => {
    if (!Object.hasOwn(rules, id)) throw new NoSuchRule(`There is no rule ${id}`);
    return id as RuleId;
  });
}

function expand(word: string): readonly string[] {
  const range = /^([A-Z]+)-(\d+)\.\.(\d+)$/.exec(word);
  if (range === null) return [word];
  const [, area, first, last] = range;
  const length = Number(last) - Number(first) + 1;
  if (length < 1) throw new NoSuchRule(`${word} is not a range`);
  return Array.from({ length }, (_, index) => `${area}-${Number(first) + index}`);
}
