import type { KindOfNotice } from '../../process/notice/kind-of-notice.js';
import type { Notice } from '../../process/vocabulary.js';
import { inWords } from '../time.js';

/** What a field of a notice is called, and how its value reads. */
export type Wording = {
  readonly label: string | ((content: Notice['content']) => string);
  readonly value?: (value: string, names: Names, content: Notice['content']) => string;
};

/** What units are called, by HSA-id. */
export type Names = Readonly<Record<string, string>>;

/** How the notices of a kind of case read. */
export type NoticeWords = {
  /** Field names of `Notice.content`, in the order they read. Fields not listed are not shown: deny by default. */
  readonly fields: Readonly<Record<string, Wording>>;
  /** Fields somebody wrote freely: not shown where only the minimum may be (CON-5). */
  readonly freeText: ReadonlySet<string>;
  /** The title, where it is another than what its kind is called. */
  readonly title: (notice: Notice) => string | undefined;
};

/** Whether a notice of the same kind said something else before: a ready with another day is a change of it (SVU-12). */
export function isChange({ fields }: NoticeWords, notice: Notice, replaced: readonly Notice[]): boolean {
  return replaced.some(
    ({ kind, content }) =>
      kind === notice.kind && Object.keys(fields).some((field) => content[field] !== notice.content[field]),
  );
}

/** What a notice is read with. */
type Reading = {
  readonly withFreeText: boolean;
  readonly names: Names;
  /** What it replaces, and what replaced it. */
  readonly replaced: readonly Notice[];
  readonly by?: Notice;
};

/** The notice in Swedish, as staff read it: its name, then a line for each field, and whether it holds. */
export function noticeText(
  words: NoticeWords,
  { sv, lead }: KindOfNotice,
  notice: Notice,
  { withFreeText, names, replaced, by }: Reading,
): string {
  const title = words.title(notice) ?? sv;
  const lines = Object.entries(words.fields).flatMap(([field, { label, value }]) => {
    const content = notice.content[field];
    if (content === undefined || content === '' || (words.freeText.has(field) && !withFreeText)) return [];
    const name = typeof label === 'string' ? label : label(notice.content);
    return `${name}: ${value ? value(content, names, notice.content) : content}`;
  });
  const earlier = replaced.filter(({ kind }) => kind === notice.kind).at(-1);
  const change = isChange(words, notice, replaced) ? 'Ändrat. Ersätter' : 'Ersätter';
  return [
    ...(by === undefined ? [] : [['Gäller inte längre. Ersatt', `${inWords(by.sentAt)}.`].join(' ')]),
    title,
    ...(earlier === undefined ? [] : [[change, 'meddelandet från', `${inWords(earlier.sentAt)}.`].join(' ')]),
    ...(lead === undefined ? [] : [lead]),
    ...lines,
  ].join('\n');
}
