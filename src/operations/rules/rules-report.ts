import { rules } from '../../process/rules/rules.js';
import type { RuleId } from '../../process/rules/rules.js';
import type { RuleTest } from './tests-by-rule.js';

/**
 * The report as text: each rule with its tests, and at the end those that have none.
 * @param notes what a list says of where rules are kept
 */
export function rulesReport(
  of: readonly RuleId[],
  tests: ReadonlyMap<RuleId, readonly RuleTest[]>,
  notes: ReadonlyMap<RuleId, string> = new Map(),
): string {
  const tested = of.filter((rule) => (tests.get(rule) ?? []).length > 0);
  const missing = withoutTest(of, tests);
  const chapters = tested.map((rule) => {
    const lines = (tests.get(rule) ?? []).map(({ file, name }) => `  ${file}\n    ${name}`);
    const note = notes.get(rule);
    const kept = note === undefined ? [] : [`  kept: ${note}`];
    return [`${rule}  ${rules[rule]}`, ...kept, ...lines].join('\n');
  });
  const none = missing.map((rule) => `  ${rule}  ${rules[rule]}`);
  return [
    ...chapters,
    missing.length === 0
      ? `Every one of the ${of.length} rules has a test.`
      : [`${tested.length} of ${of.length} rules have a test. No test names:`, ...none].join('\n'),
  ].join('\n\n');
}

/** The rules that no test names. */
export function withoutTest(
  of: readonly RuleId[],
  tests: ReadonlyMap<RuleId, readonly RuleTest[]>,
): readonly RuleId[] {
  return of.filter((rule) => (tests.get(rule) ?? []).length === 0);
}
