import type { RowsOfKind } from '../../process/case/tables-of-kind.js';
import type { KindOfNotice } from '../../process/notice/kind-of-notice.js';
import type { KindOfTodo } from '../../process/todo/kind-of-todo.js';
import { caseKinds } from './every-kind.js';
import { rowsOfKinds } from './rows-of-kinds.js';

const { notices: noticeKinds, todos: todoKinds } = caseKinds;
const rows = Object.entries(noticeKinds);

describe('The rows of notices', () => {
  it.each(rows)('VIEW-12: %s replaces kinds of notices that there are', (_, row) => {
    const { replaces = [], corrects = {}, replacesWhere = {} } = row;
    const all = [...replaces, ...Object.keys(corrects), ...Object.keys(replacesWhere)];
    expect(all.filter((kind) => !(kind in noticeKinds))).toEqual([]);
  });

  it.each(rows)(
    'CON-5: %s keeps no text that somebody wrote freely under a refusal',
    (_, { minimum = {} }) => {
      const kept = Object.values(minimum).flat();
      expect(kept.filter((field) => ['reason', 'changeReason', 'comment'].includes(field))).toEqual([]);
    },
  );

  it.each(rows)('%s begins with a whole sentence, where it has one', (_, { lead }) => {
    expect(lead ?? 'Inget.').toMatch(/^\p{Lu}.*\.$/u);
  });
});

it.each([...rows, ...Object.entries(todoKinds)])(
  'the row of %s has words in Swedish and in English',
  (_, { sv, en }) => {
    expect([sv, en].filter((text) => !/^\p{Lu}/u.test(text))).toEqual([]);
    expect(sv).not.toBe(en);
  },
);

describe('Kinds of case whose rows do not fit', () => {
  const words = { sv: 'Ord', en: 'Words' };
  const todo: KindOfTodo = { rules: ['ACC-2'], responsibility: 'write', ...words };
  const notice: KindOfNotice = { rules: ['ACC-2'], ...words };
  const sentence = { rule: 'ACC-2', sv: 'En mening.', en: 'A sentence.' } as const;
  const kind = (
    rows: Partial<RowsOfKind>,
    more: Partial<Parameters<typeof rowsOfKinds>[0][number]> = {},
  ) => ({
    name: 'a-kind',
    rows: { todos: {}, notices: {}, rejections: {}, ...rows },
    ...more,
  });
  const start =
    (...kinds: Parameters<typeof rowsOfKinds>[0]) =>
    () =>
      rowsOfKinds(kinds);

  it('are put together with those of every case and of no case', () => {
    const all = rowsOfKinds([
      kind({ todos: { own: todo }, notices: { own: notice }, rejections: { own: sentence } }),
    ]);
    expect(Object.keys(all.todos)).toEqual(
      expect.arrayContaining(['continue-by-telephone', 'plan-by-telephone', 'own']),
    );
    expect(Object.keys(all.notices)).toEqual(expect.arrayContaining(['annulled', 'own']));
    expect(Object.keys(all.rejections)).toEqual(expect.arrayContaining(['case-frozen', 'own']));
  });

  it('may have the same row, as two kinds may have the same operation', () => {
    expect(start(kind({ todos: { both: todo } }), kind({ todos: { both: todo } }))).not.toThrow();
  });

  it.each<[string, Parameters<typeof rowsOfKinds>[0], string]>([
    [
      'two to-dos of one code',
      [kind({ todos: { both: todo } }), kind({ todos: { both: { ...todo } } })],
      'two kinds of to-do are called both',
    ],
    [
      'a to-do that every case has',
      [kind({ todos: { 'check-identity': todo } })],
      'two kinds of to-do are called check-identity',
    ],
    [
      'a to-do of a ward',
      [kind({ todos: { 'plan-by-telephone': todo } })],
      'two kinds of to-do are called plan-by-telephone',
    ],
    [
      'a notice that every case has',
      [kind({ notices: { frozen: notice } })],
      'two kinds of notice are called frozen',
    ],
    [
      'a rejection that every case has',
      [kind({ rejections: { 'case-frozen': sentence } })],
      'two rejections are called case-frozen',
    ],
    [
      'two answers of one code',
      [kind({ todos: { one: { ...todo, asks: { 'handled-on': { type: 'boolean', ...words } } } } })],
      'two answers are called handled-on',
    ],
    [
      'two things that to-dos carry of one name',
      [kind({ todos: { one: { ...todo, carries: { ward: { as: 'text', ...words } } } } })],
      'two things that to-dos carry are called ward',
    ],
    [
      'codes of no system',
      [kind({ todos: { one: { ...todo, carries: { own: { as: 'codes', of: 'none', ...words } } } } })],
      'a-kind: own of one is of the code system none, and there is none of that name',
    ],
    [
      'something carried without words',
      [kind({ todos: { one: { ...todo, carries: { own: { as: 'date', sv: 'x', en: 'Y' } } } } })],
      'own has no words',
    ],
    ['no code', [kind({ todos: { 'To do': todo } })], 'a-kind: To do is no code'],
    [
      'no words',
      [kind({ notices: { own: { ...notice, sv: '', en: 'Words' } } })],
      'a-kind: own has no words that begin with a capital',
    ],
    [
      'one language',
      [kind({ todos: { own: { ...todo, sv: 'Ord', en: 'Ord' } } })],
      'a-kind: own has the same words in Swedish and English',
    ],
    [
      'an answer without words',
      [kind({ todos: { own: { ...todo, asks: { own: { type: 'date', sv: 'x', en: 'Y' } } } } })],
      'own has no words',
    ],
    [
      'due after the deadline',
      [kind({ todos: { own: { ...todo, leadMinutes: -5 } } })],
      'own is told as due after its deadline',
    ],
    [
      'a minimum that no policy can list',
      [kind({ notices: { own: { ...notice, minimum: { ward: ['on'] } } } })],
      'a-kind: own leaves ward under a refusal, which no policy can list',
    ],
    [
      'a notice that replaces none',
      [kind({ notices: { own: { ...notice, replaces: ['gone'] } } })],
      'own replaces gone, and there is no such notice',
    ],
    [
      'a free text under a refusal',
      [
        kind({
          notices: {
            own: {
              ...notice,
              fields: { why: { label: 'Varför', free: true } },
              minimum: { 'register-data': ['why'] },
            },
          },
        }),
      ],
      'own leaves why under a refusal, and somebody wrote it freely',
    ],
    [
      'no sentence',
      [kind({ rejections: { own: { ...sentence, en: 'Words' } } })],
      'own is no whole sentence',
    ],
    [
      'a placeholder of one language',
      [kind({ rejections: { own: { ...sentence, sv: '{unit} är kvar.' } } })],
      'own fills {unit} in Swedish alone',
    ],
    [
      'a side that its code does not say',
      [kind({ rejections: { own: { ...sentence, side: 'hospital' } } })],
      'own is of the side hospital',
    ],
    [
      'a code that says a side',
      [kind({ rejections: { 'only-hospital-acts': sentence } })],
      'only-hospital-acts lacks its side',
    ],
    [
      'a second case that is rejected without a row',
      [kind({}, { onePerPerson: { rejection: 'gone', elsewhere: { code: 'case-frozen', text: sentence } } })],
      'a second case is rejected with gone, which has no row',
    ],
  ])('stop the start: %s', (_what, kinds, says) => {
    expect(start(...kinds)).toThrow(says);
  });
});
