import './end-with-reader.js';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { caseKinds } from '../../cases/kinds/every-kind.js';
import { rules } from '../../process/rules/rules.js';
import type { RuleId } from '../../process/rules/rules.js';
import { readPolicies } from '../../policies/read-policies.js';
import { readRuleList } from '../../administration/rules/rule-list.js';
import type { ListedRule } from '../../administration/rules/rule-list.js';
import { claimsWithoutTest, rulesReport, withoutTest } from '../../administration/rules/rules-report.js';
import { testsByRule } from '../../administration/rules/tests-by-rule.js';
import { tellUsage } from './help.js';

const usage = `Which to-dos, notices and tests stand for which rule: by their rows, and by the ids in the names of the tests.

  npm run rules                        every rule with its to-dos, notices and tests, and those that have none
  npm run rules -- --of <rules>        these rules only
  npm run rules -- --check <rules>     these rules only; exit code 1 when one of them has no test, or none
                                       in a file that names a policy which the list names

<rules>: ids (PAT-1,PAT-2), ranges (PAT-1..7), or a file with such a list; which policies keep a rule may stand after it,
as in SVU-7 (norrbotten, skane; vasterbotten in part: what is missing). Run in the project's folder.
`;

tellUsage(usage);

const { names } = readPolicies('policies', caseKinds.all);

/** Rules given as a list, or as a file that holds one. */
async function rulesNamed(given: string): Promise<readonly ListedRule[]> {
  return readRuleList(existsSync(given) ? await readFile(given, 'utf8') : given, names);
}

const { values } = parseArgs({
  options: { of: { type: 'string' }, check: { type: 'string' } },
});

const given = values.check ?? values.of;
const listed = given === undefined ? undefined : await rulesNamed(given);
const of = listed?.map(({ rule }) => rule) ?? (Object.keys(rules) as RuleId[]);
const notes = new Map((listed ?? []).flatMap(({ rule, note }) => (note === undefined ? [] : [[rule, note]])));
const tests = await testsByRule(process.cwd(), names);
process.stdout.write(`${rulesReport(of, tests, notes, caseKinds)}\n`);
const missing = [...withoutTest(of, tests), ...claimsWithoutTest(listed ?? [], tests)];
if (values.check !== undefined && missing.length > 0) {
  process.stderr.write(`No test for: ${missing.join(', ')}\n`);
  process.exitCode = 1;
}
