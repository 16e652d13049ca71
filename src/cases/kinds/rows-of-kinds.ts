import { caseNoticeKinds } from '../../process/case/notice-kinds.js';
import type { KindOfCase } from '../../process/case/kind-of-case.js';
import type { RowsOfKind } from '../../process/case/tables-of-kind.js';
import { caseTodoKinds } from '../../process/case/todo-kinds.js';
import { outsideMessageTodoKinds } from '../../process/outside-message/todo-kinds.js';
import { sharedMinimum } from '../../process/policy/shared-settings.js';
import { sharedRejections } from '../../process/rejections/shared-rejections.js';
import type { RejectionTexts } from '../../process/rejections/rejection-text.js';
import type { KindOfTodo } from '../../process/todo/kind-of-todo.js';
import { codeSystems } from '../../projection/codes/codes.js';
import { wardTodoKinds } from '../../process/ward-notice/todo-kinds.js';

/** What of a kind of case its rows are judged by. */
type Bringing = Pick<KindOfCase, 'name' | 'rows'> & {
  readonly onePerPerson?: Pick<NonNullable<KindOfCase['onePerPerson']>, 'rejection' | 'elsewhere'>;
};

/**
 * The kinds of to-do and of notice and the rejections of a hub: those that every case has, those of no case, and what each kind of case
 * brings. Two kinds may have the same row, as they may have the same operation.
 *
 * @throws Error at start, when two rows have one code, or a kind of case is not complete; with everything that is wrong
 */
export function rowsOfKinds(kinds: readonly Bringing[]): RowsOfKind {
  const rows = kinds.map(({ rows: own }) => own);
  const all = {
    todos: union<KindOfTodo>(
      'kinds of to-do',
      caseTodoKinds,
      outsideMessageTodoKinds,
      wardTodoKinds,
      ...rows.map(({ todos }) => todos),
    ),
    notices: union('kinds of notice', caseNoticeKinds, ...rows.map(({ notices }) => notices)),
    rejections: union('rejections', sharedRejections, ...rows.map(({ rejections }) => rejections)),
  };
  union('answers', ...Object.values(all.todos).map(({ asks = {} }) => asks));
  union('things that to-dos carry', ...Object.values(all.todos).map(({ carries = {} }) => carries));
  const faults = kinds.flatMap(faultsOf);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return all;
}

/** Tables as one; a code that two have stands for the same row in both. */
function union<Row>(
  what: string,
  ...tables: readonly Readonly<Record<string, Row>>[]
): Readonly<Record<string, Row>> {
  const all = new Map<string, Row>();
  for (const [code, row] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(code) && all.get(code) !== row) throw new Error(`two ${what} are called ${code}`);
    all.set(code, row);
  }
  return Object.fromEntries(all);
}

type Words = { readonly sv: string; readonly en: string };

/** What the rows of a kind of case lack. */
function faultsOf({
  name,
  rows: { todos, notices, rejections, settings },
  onePerPerson,
}: Bringing): readonly string[] {
  const answers = Object.values(todos).flatMap(({ asks = {} }) => Object.entries<Words>(asks));
  const named: readonly (readonly [string, Words])[] = [
    ...Object.entries(todos),
    ...Object.entries(notices),
    ...Object.entries(rejections),
    ...answers,
  ];
  const known = { ...caseNoticeKinds, ...notices };
  const listed: readonly string[] = [...sharedMinimum, ...(settings?.minimum ?? [])];
  const rejected = onePerPerson === undefined ? [] : [onePerPerson.rejection, onePerPerson.elsewhere.code];
  const carried = Object.entries(todos).flatMap(([code, { carries = {} }]) =>
    Object.entries(carries).map(([field, row]) => ({ code, field, row })),
  );
  return [
    ...carried.flatMap(({ field, row }) => faultsOfWords(row).map((fault) => `${field} ${fault}`)),
    ...carried.flatMap(({ code, field, row }) =>
      row.as === 'codes' && !Object.values(codeSystems).some((system) => system.name === row.of)
        ? [`${field} of ${code} is of the code system ${row.of}, and there is none of that name`]
        : [],
    ),
    ...named.flatMap(([code, words]) => faultsOfWords(words).map((fault) => `${code} ${fault}`)),
    ...named
      .filter(([code]) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))
      .map(([code]) => `${code} is no code: lower-case words with hyphens`),
    ...Object.entries(todos)
      .filter(([, { leadMinutes = 1 }]) => leadMinutes <= 0)
      .map(([code]) => `${code} is told as due after its deadline`),
    ...Object.entries(notices).flatMap(
      ([code, { replaces = [], corrects = {}, repeats = {}, replacesWhere = {} }]) =>
        [...replaces, ...Object.keys({ ...corrects, ...repeats, ...replacesWhere })]
          .filter((each) => !Object.hasOwn(known, each))
          .map((each) => `${code} replaces ${each}, and there is no such notice`),
    ),
    ...Object.entries(notices).flatMap(([code, { fields = {}, minimum = {} }]) =>
      Object.values(minimum)
        .flat()
        .filter((field) => fields[field]?.free === true)
        .map((field) => `${code} leaves ${field} under a refusal, and somebody wrote it freely`),
    ),
    ...Object.entries(notices).flatMap(([code, { minimum = {} }]) =>
      Object.keys(minimum)
        .filter((word) => !listed.includes(word))
        .map((word) => `${code} leaves ${word} under a refusal, which no policy can list`),
    ),
    ...faultsOfRejections(rejections),
    ...rejected
      .filter((code) => !Object.hasOwn(rejections, code) && !Object.hasOwn(sharedRejections, code))
      .map((code) => `a second case is rejected with ${code}, which has no row`),
  ].map((fault) => `${name}: ${fault}`);
}

function faultsOfWords({ sv, en }: Words): readonly string[] {
  return [
    ...[sv, en]
      .filter((text) => !/^[\p{Lu}{]/u.test(text))
      .map(() => 'has no words that begin with a capital'),
    ...(sv === en ? ['has the same words in Swedish and English'] : []),
  ];
}

const placeholdersOf = (text: string): readonly string[] => text.match(/\{\w+\}/g) ?? [];

function faultsOfRejections(rejections: RejectionTexts): readonly string[] {
  return Object.entries(rejections).flatMap(([code, { sv, en, side }]) => [
    ...[sv, en].filter((text) => !text.endsWith('.')).map(() => `${code} is no whole sentence`),
    // What is for machines and developers alone (ids, codes, elements) stands in the English text.
    ...placeholdersOf(sv)
      .filter((each) => !placeholdersOf(en).includes(each))
      .map((each) => `${code} fills ${each} in Swedish alone`),
    ...(side === undefined || code.startsWith(`only-${side}-`)
      ? []
      : [`${code} is of the side ${side}: only-${side}-...`]),
    ...(side === undefined && /^only-(hospital|outpatient|municipality|other)-/.test(code)
      ? [`${code} lacks its side`]
      : []),
  ]);
}
