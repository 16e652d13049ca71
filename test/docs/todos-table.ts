import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import type { KindOfTodo } from '../../src/process/todo/kind-of-todo.js';
import { table } from './markdown-table.js';

const [begin, end] = [
  '<!-- to-dos: npm run docs writes this from the rows of the to-dos -->',
  '<!-- /to-dos -->',
];

/** The page with its table of the to-dos, as their rows are now. @throws when the page has no place for it */
export function withTodosTable(page: string): string {
  const [before, rest] = page.split(begin, 2);
  const after = rest?.split(end, 2)[1];
  if (before === undefined || after === undefined) throw new Error(`The page lacks "${begin}" or "${end}"`);
  const rows = Object.entries(caseKinds.todos)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, row]) => cellsOf(code, row));
  const head = [
    'to-do',
    'rule',
    'responsibility',
    'ends by its step',
    'asks (`output`)',
    'carries (`input`)',
  ];
  return [`${before}${begin}`, '', table([head, ...rows]), '', `${end}${after}`].join('\n');
}

function cellsOf(code: string, row: KindOfTodo): string[] {
  const { rules, responsibility, ofOpeners, endsByItsStep, asks = {}, carries = {} } = row;
  return [
    `\`${code}\``,
    rules.join(', '),
    [`\`${responsibility}\``, ...(ofOpeners === undefined ? [] : [`opening side: \`${ofOpeners}\``])].join(
      '; ',
    ),
    endsByItsStep === true ? 'yes' : '',
    Object.entries(asks)
      .map(([name, { type }]) => `\`${name}\` (${type})`)
      .join(', '),
    Object.keys(carries)
      .map((name) => `\`${name}\``)
      .join(', '),
  ];
}
