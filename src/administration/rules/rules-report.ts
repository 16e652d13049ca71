import { rules } from '../../process/rules/rules.js';
import type { RuleId } from '../../process/rules/rules.js';
import type { ListedRule } from './rule-list.js';
import type { RuleTest } from './tests-by-rule.js';

type Rows = Readonly<Record<string, { readonly rules: readonly RuleId[] }>>;

/** Kinds of to-do and of notice, by their codes, with the rules that they stand for. */
type RowsWithRules = { readonly todos: Rows; readonly notices: Rows };

/**
 * The report as text: each rule with its to-dos, notices and tests, and at the end the rules that no test names.
 * @param notes what a list says of where rules are kept
 * @param rows the kinds of to-do and of notice that there are
 */
export function rulesReport(
  of: readonly RuleId[],
  tests: ReadonlyMap<RuleId, readonly RuleTest[]>,
  notes: ReadonlyMap<RuleId, string> = new Map(),
  rows: RowsWithRules = { todos: {}, notices: {} },
): string {
  const tested = of.filter((rule) => (tests.get(rule) ?? []).length > 0);
  const missing = withoutTest(of, tests);
  const chapters = tested.map((rule) => {
    const lines = (tests.get(rule) ?? []).map(({ file, name }) => `  ${file}\n    ${name}`);
    const note = notes.get(rule);
    const kept = note === undefined ? [] : [`  kept: ${note}`];
    const asked = namesOf(rows.todos, rule).map((code) => `  to-do: ${code}`);
    const told = namesOf(rows.notices, rule).map((code) => `  notice: ${code}`);
    return [`${rule}  ${rules[rule]}`, ...kept, ...asked, ...told, ...lines].join('\n');
  });
  const none = missing.map((rule) => `  ${rule}  ${rules[rule]}`);
  return [
    ...chapters,
    missing.length === 0
      ? `Every one of the ${of.length} rules has a test.`
      : [`${tested.length} of ${of.length} rules have a test. No test names:`, ...none].join('\n'),
  ].join('\n\n');
}

/** The codes of the rows that stand for a rule. */
const namesOf = (rows: Rows, rule: RuleId): readonly string[] =>
  Object.entries(rows).flatMap(([code, row]) => (row.rules.includes(rule) ? [code] : []));

/** The rules that no test names. */
export function withoutTest(
  of: readonly RuleId[],
  tests: ReadonlyMap<RuleId, readonly RuleTest[]>,
): readonly RuleId[] {
  return of.filter((rule) => (tests.get(rule) ?? []).length === 0);
}

/** The claims of a list about one policy, as `SVU-7 (norrbotten)`, for which no file that tests the rule names the policy. */
export function claimsWithoutTest(
  listed: readonly ListedRule[],
  tests: ReadonlyMap<RuleId, readonly RuleTest[]>,
): readonly string[] {
  return listed.flatMap(({ rule, named }) =>
    named
      .filter((policy) => !(tests.get(rule) ?? []).some(({ policies }) => policies.includes(policy)))
      .map((policy) => `${rule} (${policy})`),
  );
}
