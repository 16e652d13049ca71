import { mergedTables } from '../../process/merged-tables.js';
import type { KindOfNotice } from '../../process/notice/kind-of-notice.js';
import { noticeKinds } from '../../process/notice/all-notice-kinds.js';
import type { Notice } from '../../process/vocabulary.js';
import type { Names, NoticeWords, Wording } from '../case/notice-text.js';
import { codeSystems } from '../codes/codes.js';
import { staffName } from '../staff-name.js';
import { inWords } from '../time.js';

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
    Object.entries(fields).map(([field, { label, as, words }]) => [
      field,
      {
        label,
        ...(as === undefined ? {} : { value: values[as] }),
        ...(words === undefined ? {} : { value: (code: string) => words[code] ?? 'annat' }),
      },
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

/** How the notices of an SVU read. */
export const svuNoticeWords: NoticeWords = {
  fields: noticeFields,
  freeText,
  title: ({ kind, content }) =>
    kind === 'discharge' && endedEarly(content)
      ? codeSystems.dischargeForm.concepts['early-end'].sv
      : undefined,
};
