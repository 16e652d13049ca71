import { rules } from '../../process/rules/rules.js';
import type { RuleId } from '../../process/rules/rules.js';

/** A list of rules names something that is no rule, or says of one what cannot be read. */
class NoSuchRule extends Error {
  override readonly name = 'NoSuchRule';
}

/** A rule of a list, and under which policies it is kept. */
export type ListedRule = {
  readonly rule: RuleId;
  /** Policies that keep it in whole. */
  readonly whole: readonly string[];
  /** What is missing where it is kept in part. A policy that is in neither does not keep it, or it is none of its rules. */
  readonly inPart: Readonly<Record<string, string>>;
  /** The policies that the note names: of each it makes a claim of its own. */
  readonly named: readonly string[];
  /** What the list says of it, as it stands there; undefined: every policy keeps it in whole. */
  readonly note?: string;
};

/**
 * Reads a list of rules: ids apart by commas or white space, ranges as `PAT-1..7`, a comment from `#` to the end of its line.
 * After an id or a range its policies may stand in parentheses, parts apart by semicolons: `(norrbotten, skane)` keep it and no
 * other does; `(norrbotten, skane; vasterbotten in part: what is missing)`; `(in part: what is missing)` is said of every policy.
 *
 * @param policies the names that a note may have
 * @throws {NoSuchRule} for an id that is not in the table, one that is listed twice, and a note that cannot be read
 */
export function readRuleList(text: string, policies: readonly string[]): readonly ListedRule[] {
  const plain = text.replaceAll(/#.*$/gm, '');
  const listed = [...plain.matchAll(/([^\s,()]+)(?:\s*\(([^()]*)\))?|[()]/g)].flatMap(
    ([whole, word, note]) => {
      if (word === undefined) throw new NoSuchRule(`${whole} has no rule before it or no end`);
      return expand(word).map((id) => ruleOf(id, note, policies));
    },
  );
  const twice = listed.find(({ rule }, at) => listed.findIndex((each) => each.rule === rule) < at);
  if (twice !== undefined) throw new NoSuchRule(`${twice.rule} is listed twice`);
  return listed;
}

function ruleOf(id: string, note: string | undefined, policies: readonly string[]): ListedRule {
  if (!Object.hasOwn(rules, id)) throw new NoSuchRule(`There is no rule ${id}`);
  const rule = id as RuleId;
  if (note === undefined) return { rule, whole: policies, inPart: {}, named: [] };
  const parts = note.split(';').map((part) => /^\s*(.*?)\s*(?:\bin part:\s*(.*\S)\s*)?$/s.exec(part));
  const whole: string[] = [];
  const named: string[] = [];
  const inPart: Record<string, string> = {};
  for (const part of parts) {
    const missing = part?.[2];
    const names = (part?.[1] ?? '').split(/[\s,]+/).filter((name) => name !== '');
    if (names.length === 0 && missing === undefined) throw new NoSuchRule(`${id}: the note names no policy`);
    named.push(...names);
    for (const name of names.length > 0 ? names : policies) {
      if (!policies.includes(name)) throw new NoSuchRule(`${id}: there is no policy ${name}`);
      if (whole.includes(name) || inPart[name] !== undefined) throw new NoSuchRule(`${id}: ${name} twice`);
      if (missing === undefined) whole.push(name);
      else inPart[name] = missing.replaceAll(/\s+/g, ' ');
    }
  }
  return { rule, whole, inPart, named, note: note.trim().replaceAll(/\s+/g, ' ') };
}

function expand(word: string): readonly string[] {
  const range = /^([A-Z]+)-(\d+)\.\.(\d+)$/.exec(word);
  if (range === null) return [word];
  const [, area, first, last] = range;
  const length = Number(last) - Number(first) + 1;
  if (length < 1) throw new NoSuchRule(`${word} is not a range`);
  return Array.from({ length }, (_, index) => `${area}-${Number(first) + index}`);
}
