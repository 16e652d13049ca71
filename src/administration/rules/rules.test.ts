import { readFile } from 'node:fs/promises';
import { policyNames } from '../../../test/support/policies.js';
import { rules } from '../../process/rules/rules.js';
import { readRuleList as readList } from './rule-list.js';
import { claimsWithoutTest, rulesReport, withoutTest } from './rules-report.js';
import { rulesIn, testsByRule, titlesIn } from './tests-by-rule.js';

const byNumber = (one: string, other: string) => Number(one.split('-')[1]) - Number(other.split('-')[1]);
const readRuleList = (text: string) => readList(text, policyNames);

describe('The report of rules and tests', () => {
  it('reads titles as they are written', () => {
    const source = [
      `it('ORG-3: a "quoted" one', () => {});`,
      `it("ORG-4: one that isn't", async () => {`,
      `it.each([['a', 1], ['b', 2]])('ORG-5: from a table: %s', (name) => {`,
      'it.each`\n a | b\n`(`ORG-7: from a template`, () => {});',
      `describe('ORG-8: a group', () => {`,
      `  it(\n    'ORG-9: on its own line',`,
      `it.concurrent('ORG-10: at once', run);`,
      `// it is ORG-11 that this comment is about`,
    ].join('\n');
    expect(titlesIn(source)).toEqual([
      'ORG-3: a "quoted" one',
      "ORG-4: one that isn't",
      'ORG-5: from a table: %s',
      'ORG-7: from a template',
      'ORG-8: a group',
      'ORG-9: on its own line',
      'ORG-10: at once',
    ]);
  });

  it('knows a rule by its whole id', () => {
    expect(rulesIn('PAT-1, PAT-12: something of LPT-7 and UTF-8')).toEqual(['PAT-1', 'PAT-12']);
  });

  it('knows every rule of the rulebook, by the number of each area', () => {
    const areas = Object.groupBy(Object.keys(rules), (rule) => rule.slice(0, rule.indexOf('-')));
    const numbers = Object.fromEntries(Object.entries(areas).map(([area, all]) => [area, all?.length]));
    expect(numbers).toEqual({
      PAT: 13,
      ORG: 14,
      ACC: 9,
      CON: 16,
      ADR: 16,
      SVU: 43,
      PLB: 4,
      SIP: 29,
      AKB: 7,
      MSG: 9,
      VIEW: 12,
      PAY: 13,
      INT: 9,
      DWN: 3,
      DEV: 3,
      DOC: 6,
      ENV: 1,
    });
    // Nothing is missing between the first and the last of an area.
    for (const [area, all] of Object.entries(areas))
      expect(all?.toSorted(byNumber)).toEqual(all?.map((_, index) => `${area}-${index + 1}`));
  });

  it('reads lists with ranges and comments, and refuses what is no rule', () => {
    expect(readRuleList('PAT-1..3, SVU-2 # the first ones\nACC-1').map(({ rule }) => rule)).toEqual([
      'PAT-1',
      'PAT-2',
      'PAT-3',
      'SVU-2',
      'ACC-1',
    ]);
    expect(() => readRuleList('PAT-99')).toThrow('no rule PAT-99');
    expect(() => readRuleList('PAT-3..1')).toThrow('not a range');
  });

  it('reads under which policies a rule is kept, in whole or in part', () => {
    const list = `PAT-1, SVU-7 (norrbotten, skane; vasterbotten in part: the questions, all of
      them, are not asked) MSG-6 (vasterbotten), INT-1..2 (in part: no documents)`;
    const all = policyNames;
    const missing = 'the questions, all of them, are not asked';
    expect(readRuleList(list)).toEqual([
      { rule: 'PAT-1', whole: all, inPart: {}, named: [] },
      {
        rule: 'SVU-7',
        whole: ['norrbotten', 'skane'],
        inPart: { vasterbotten: missing },
        named: ['norrbotten', 'skane', 'vasterbotten'],
        note: `norrbotten, skane; vasterbotten in part: ${missing}`,
      },
      { rule: 'MSG-6', whole: ['vasterbotten'], inPart: {}, named: ['vasterbotten'], note: 'vasterbotten' },
      ...(['INT-1', 'INT-2'] as const).map((rule) => ({
        rule,
        whole: [],
        inPart: Object.fromEntries(all.map((name) => [name, 'no documents'])),
        named: [],
        note: 'in part: no documents',
      })),
    ]);
  });

  it.each([
    ['SVU-7 (uppland)', 'no policy uppland'],
    ['SVU-7 ()', 'names no policy'],
    ['SVU-7 (skane; )', 'names no policy'],
    ['SVU-7 (skane; skane in part: x)', 'skane twice'],
    ['SVU-7, PAT-1, SVU-7', 'listed twice'],
    ['SVU-7 (skane', 'no end'],
    ['(skane) SVU-7', 'no rule before'],
  ])('refuses %s', (list, why) => {
    expect(() => readRuleList(list)).toThrow(why);
  });

  it('SVU-7: the list of what this version keeps can be read, and each of its rules has a test', async () => {
    const listed = readRuleList(await readFile('docs/rules-kept.txt', 'utf8'));
    const tests = await testsByRule(process.cwd(), policyNames);
    expect(
      withoutTest(
        listed.map(({ rule }) => rule),
        tests,
      ),
    ).toEqual([]);
    expect(claimsWithoutTest(listed, tests)).toEqual([]);
    // A rule of some policies alone says which keep it.
    const marked = listed.filter(({ rule }) => rules[rule].startsWith('['));
    for (const { rule, whole, inPart } of marked)
      for (const policy of [...whole, ...Object.keys(inPart)])
        expect([rule, policy, rules[rule].includes(policy)]).toEqual([rule, policy, true]);
  });

  it('lists each rule with its tests, and at the end those without', () => {
    const tests = new Map([
      ['SVU-1', [{ file: 'a.test.ts', name: 'SVU-1: so', policies: ['skane'] }]],
    ] as const);
    expect(withoutTest(['SVU-1', 'SVU-2'], tests)).toEqual(['SVU-2']);
    expect(rulesReport(['SVU-1', 'SVU-2'], tests)).toMatch(
      /^SVU-1 {2}Only a hospital.*\n {2}a\.test\.ts\n {4}SVU-1: so\n\n1 of 2 rules.*\n {2}SVU-2 /,
    );
    const row = { rules: ['SVU-1'] } as const;
    const rows = { todos: { 'do-it': row, other: { rules: ['SVU-2'] as const } }, notices: { said: row } };
    expect(rulesReport(['SVU-1'], tests, new Map(), rows)).toMatch(
      /^SVU-1 .*\n {2}to-do: do-it\n {2}notice: said\n {2}a\.test\.ts/,
    );
    expect(rulesReport(['SVU-1'], tests)).toContain('Every one of the 1 rules has a test.');
  });

  it('a claim about one policy needs a test of the rule that names it', () => {
    const tests = new Map([
      ['SVU-1', [{ file: 'a.test.ts', name: 'SVU-1: so', policies: ['skane'] }]],
      ['SVU-7', [{ file: 'b.test.ts', name: 'SVU-7: so', policies: [] }]],
    ] as const);
    const listed = readRuleList(
      'SVU-1 (skane; norrbotten in part: x), SVU-2, SVU-7 (in part: y), MSG-6 (vasterbotten)',
    );
    expect(claimsWithoutTest(listed, tests)).toEqual(['SVU-1 (norrbotten)', 'MSG-6 (vasterbotten)']);
  });

  it("finds the process's own tests in the project", async () => {
    const tests = await testsByRule(process.cwd(), policyNames);
    expect(tests.get('SVU-2')).toContainEqual({
      file: 'src/process/svu/opening.test.ts',
      name: 'SVU-2: a second open SVU is refused and points to the first',
      policies: expect.any(Array),
    });
  });
});
