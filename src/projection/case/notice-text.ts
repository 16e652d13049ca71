import { mergedTables } from '../../process/merged-tables.js';
import type { KindOfNotice } from '../../process/notice/kind-of-notice.js';
import { kindOfNotice, noticeKinds } from '../../process/notice/kinds.js';
import type { Notice } from '../../process/vocabulary.js';
import { codeSystems } from '../codes/codes.js';
import { staffName } from '../staff-name.js';
import { inWords } from '../time.js';

/** What a field of a notice is called, and how its value reads. Fields not listed are not shown: deny by default. */
type Wording = {
  readonly label: string | ((content: Notice['content']) => string);
  readonly value?: (value: string, names: Names, content: Notice['content']) => string;
};

/** What units are called, by HSA-id. */
type Names = Readonly<Record<string, string>>;

const yesOrNo = (value: string): string => (value === 'true' ? 'ja' : 'nej');
/** Staff read names and not ids. */
const unitName = (unit: string, names: Names): string => names[unit] ?? 'enhet utan namn i ärendet';
/** SVU-21: the case ended otherwise than by a discharge. */
const endedEarly = ({ form }: Notice['content']): boolean => form === 'early-end';

/** Field names of `Notice.content` that several kinds have, in the order they read; what a kind alone has stands in its row. */
const sharedFields: Readonly<Record<string, Wording>> = {
  admittedAt: { label: 'Inskriven', value: inWords },
  ward: { label: 'Avdelning', value: unitName },
  expectedDischarge: { label: 'Beräknad utskrivning' },
  date: { label: 'Utskrivningsklar' },
  reason: { label: 'Orsak' },
  changeReason: { label: 'Orsak till ändringen' },
  writtenInformation: { label: 'Informationsbroschyr lämnad', value: yesOrNo },
  doctorName: { label: 'Ansvarig läkare', value: (name, _, { doctor }) => staffName(doctor ?? '', name) },
  dischargedAt: { label: (content) => (endedEarly(content) ? 'Avslutat' : 'Utskriven'), value: inWords },
  dischargedTo: { label: 'Utskriven till' },
  comment: { label: 'Kommentar' },
  unit: { label: 'Enhet', value: unitName },
  fromWard: { label: 'Från', value: unitName },
  toWard: { label: 'Till', value: unitName },
};

/** How a value reads, by what it is. */
const values = { moment: inWords, 'yes-or-no': yesOrNo } as const;

const ownFields = ({ fields = {} }: KindOfNotice): Readonly<Record<string, Wording>> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, { label, as }]) => [
      field,
      { label, ...(as === undefined ? {} : { value: values[as] }) },
    ]),
  );

/** Every field that a notice of any kind shows. */
export const noticeFields: Readonly<Record<string, Wording>> = mergedTables(
  'fields of notices',
  sharedFields,
  ...Object.values<KindOfNotice>(noticeKinds).map(ownFields),
);

/** Fields that no line tells: how it is presented, the doctor's HSA-id beside the name, the form that the title says, the ward that reads it though it left. */
export const silentNoticeFields: readonly string[] = ['presentedAs', 'doctor', 'form', 'left'];

/** Fields somebody wrote freely: not shown where only the minimum may be (CON-5). */
const freeText = new Set(['reason', 'changeReason', 'comment']);

/** Whether a notice of the same kind said something else before: a ready with another day is a change of it (SVU-12). */
export function isChange(notice: Notice, replaced: readonly Notice[]): boolean {
  return replaced.some(
    ({ kind, content }) =>
      kind === notice.kind &&
      Object.keys(noticeFields).some((field) => content[field] !== notice.content[field]),
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
export function noticeText(notice: Notice, { withFreeText, names, replaced, by }: Reading): string {
  const { dischargeForm } = codeSystems;
  const early = notice.kind === 'discharge' && endedEarly(notice.content);
  const title = early ? dischargeForm.concepts['early-end'].sv : kindOfNotice(notice).sv;
  const lines = Object.entries(noticeFields).flatMap(([field, { label, value }]) => {
    const content = notice.content[field];
    if (content === undefined || content === '' || (freeText.has(field) && !withFreeText)) return [];
    const name = typeof label === 'string' ? label : label(notice.content);
    return `${name}: ${value ? value(content, names, notice.content) : content}`;
  });
  const { lead } = kindOfNotice(notice);
  const earlier = replaced.filter(({ kind }) => kind === notice.kind).at(-1);
  const change = isChange(notice, replaced) ? 'Ändrat. Ersätter' : 'Ersätter';
  return [
    ...(by === undefined ? [] : [['Gäller inte längre. Ersatt', `${inWords(by.sentAt)}.`].join(' ')]),
    title,
    ...(earlier === undefined ? [] : [[change, 'meddelandet från', `${inWords(earlier.sentAt)}.`].join(' ')]),
    ...(lead === undefined ? [] : [lead]),
    ...lines,
  ].join('\n');
}
