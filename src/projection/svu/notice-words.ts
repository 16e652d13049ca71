import { svuTables } from '../../process/svu/tables.js';
import type { Notice } from '../../process/vocabulary.js';
import type { Wording } from '../case/notice-text.js';
import { caseNoticeFields, noticeWordsOf, unitName, yesOrNo } from '../case/notice-words.js';
import { codeSystems } from '../codes/codes.js';
import { staffName } from '../staff-name.js';
import { inWords } from '../time.js';

/** SVU-21: the case ended otherwise than by a discharge. */
const endedEarly = ({ form }: Notice['content']): boolean => form === 'early-end';

/** Field names of `Notice.content` that several kinds have, in the order they read; what a kind alone has stands in its row. */
const sharedFields: Readonly<Record<string, Wording>> = {
  admittedAt: { label: 'Inskriven', value: inWords },
  ward: { label: 'Avdelning', value: unitName },
  expectedDischarge: { label: 'Beräknad utskrivning' },
  date: { label: 'Utskrivningsklar' },
  reason: caseNoticeFields.reason,
  changeReason: { label: 'Orsak till ändringen' },
  writtenInformation: { label: 'Informationsbroschyr lämnad', value: yesOrNo },
  doctorName: { label: 'Ansvarig läkare', value: (name, _, { doctor }) => staffName(doctor ?? '', name) },
  dischargedAt: { label: (content) => (endedEarly(content) ? 'Avslutat' : 'Utskriven'), value: inWords },
  dischargedTo: { label: 'Utskriven till' },
  comment: { label: 'Kommentar' },
  unit: caseNoticeFields.unit,
  fromWard: { label: 'Från', value: unitName },
  toWard: { label: 'Till', value: unitName },
};

/** Fields that no line tells: how it is presented, the doctor's HSA-id beside the name, the form that the title says, the ward that reads it though it left. */
export const silentNoticeFields: readonly string[] = ['presentedAs', 'doctor', 'form', 'left'];

/** How the notices of an SVU read. */
export const svuNoticeWords = noticeWordsOf(svuTables.notices, {
  fields: sharedFields,
  freeText: ['changeReason', 'comment'],
  title: ({ kind, content }) =>
    kind === 'discharge' && endedEarly(content)
      ? codeSystems.dischargeForm.concepts['early-end'].sv
      : undefined,
});
