import { mergedTables } from '../../process/merged-tables.js';
import type { KindOfNotice, NoticeKinds } from '../../process/notice/kind-of-notice.js';
import { inWords } from '../time.js';
import type { Names, NoticeWords, Wording } from './notice-text.js';

export const yesOrNo = (value: string): string => (value === 'true' ? 'ja' : 'nej');

/** Staff read names and not ids. */
export const unitName = (unit: string, names: Names): string => names[unit] ?? 'enhet utan namn i ärendet';

/** The fields of notices that every case sends: who joined or left, and why. */
export const caseNoticeFields: Readonly<Record<'reason' | 'unit', Wording>> = {
  reason: { label: 'Orsak' },
  unit: { label: 'Enhet', value: unitName },
};

type Fields = Readonly<Record<string, Wording>>;

/** How a value reads, by what it is. */
const values = { moment: inWords, 'yes-or-no': yesOrNo, unit: unitName } as const;

/** The fields that one kind of notice alone has, as its row words them. */
const ownFields = ({ fields = {} }: KindOfNotice): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([field, { label, as, words }]) => [
      field,
      {
        label,
        ...(as === undefined ? {} : { value: values[as] }),
        ...(words === undefined ? {} : { value: (code: string) => words[code] ?? 'annat' }),
      },
    ]),
  );

const freeFields = ({ fields = {} }: KindOfNotice): readonly string[] =>
  Object.entries(fields).flatMap(([field, { free }]) => (free === true ? field : []));

/**
 * How the notices of a kind of case read, as their rows word them.
 * @param kinds its kinds of notice
 * @param more fields that several of its notices have, in the order in which they read, those of every case among them; and which of these
 *   somebody wrote freely
 * @throws Error at start, when a row words a field that stands there already
 */
export function noticeWordsOf(
  kinds: NoticeKinds,
  more: {
    readonly fields?: Fields;
    readonly freeText?: readonly string[];
    readonly title?: NoticeWords['title'];
  } = {},
): NoticeWords {
  const { fields = caseNoticeFields, freeText = [], title = () => undefined } = more;
  const rows = Object.values<KindOfNotice>(kinds);
  return {
    fields: mergedTables<readonly Fields[]>('fields of notices', fields, ...rows.map(ownFields)),
    freeText: new Set(['reason', ...freeText, ...rows.flatMap(freeFields)]),
    title,
  };
}
