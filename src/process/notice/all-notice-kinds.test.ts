import { todoKinds } from '../todo/todo-kinds.js';
import type { KindOfNotice } from './kind-of-notice.js';
import { noticeKinds } from './all-notice-kinds.js';

const rows = Object.entries<KindOfNotice>(noticeKinds);

describe('The rows of notices', () => {
  it.each(rows)('VIEW-12: %s replaces kinds of notices that there are', (_, { replaces = [] }) => {
    expect(replaces.filter((kind) => !(kind in noticeKinds))).toEqual([]);
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
