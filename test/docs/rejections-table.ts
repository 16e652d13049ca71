import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { allFaults } from '../../src/fhir/all-faults.js';
import type { FaultText } from '../../src/fhir/fault-text.js';
import { rejectionAnswer } from '../../src/fhir/write/rejection-answer.js';
import { writeFaults } from '../../src/fhir/write/write-faults.js';
import { rules } from '../../src/process/rules/rules.js';
import { table } from './markdown-table.js';

/** One answer that is not a success, as a client gets it. */
type AnswerRow = {
  /** The rule that it stands for; undefined where it stands for none, such as a body that cannot be read. */
  readonly rule?: string | undefined;
  readonly code: string;
  readonly status: number;
  readonly sv: string;
  readonly en: string;
};

const faults: Readonly<Record<string, FaultText>> = { ...allFaults, ...writeFaults };

/** Every answer there is: what the processes reject, by the function that answers it, and what the facade refuses by itself. */
const answerRows: readonly AnswerRow[] = [
  ...Object.entries(caseKinds.rejections).map(([code, text]) => {
    const { status } = rejectionAnswer({ code, text }, () => undefined);
    return { rule: text.rule, code, status, sv: text.sv, en: text.en };
  }),
  ...Object.entries(faults).map(([code, { rule, status, sv, en }]) => ({ rule, code, status, sv, en })),
];

const [begin, end] = [
  '<!-- rejections: npm run docs writes this from the rows of rejections and faults -->',
  '<!-- /rejections -->',
];

/** The page with its tables, rule by rule, as the rows are now. @throws when the page has no place for them */
export function withRejectionsTable(page: string): string {
  const [before, rest] = page.split(begin, 2);
  const after = rest?.split(end, 2)[1];
  if (before === undefined || after === undefined) throw new Error(`The page lacks "${begin}" or "${end}"`);
  const areas = [...new Set(Object.keys(rules).map(areaOf))];
  const ofRules = areas.flatMap((area) => {
    const rows = Object.keys(rules)
      .filter((rule) => areaOf(rule) === area)
      .flatMap((rule) => byCode(answerRows.filter((row) => row.rule === rule)).map(cellsOf));
    return rows.length === 0 ? [] : [`## ${area}`, '', tableOf(rows), ''];
  });
  const ofNone = byCode(answerRows.filter(({ rule }) => rule === undefined)).map(cellsOf);
  return [
    `${before}${begin}`,
    '',
    ...ofRules,
    '## Of no rule',
    '',
    tableOf(ofNone),
    '',
    `${end}${after}`,
  ].join('\n');
}

const areaOf = (rule: string): string => rule.split('-', 1).join('');

const byCode = (rows: readonly AnswerRow[]): readonly AnswerRow[] =>
  rows.toSorted((one, other) => (one.code < other.code ? -1 : 1));

const cellsOf = ({ rule = '', code, status, sv, en }: AnswerRow): string[] => [
  rule,
  String(status),
  `\`${code}\``,
  sv,
  en,
];

const tableOf = (rows: readonly string[][]): string =>
  table([
    ['rule', 'HTTP', 'code', 'Swedish', 'English'],
    ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|'))),
  ]);
