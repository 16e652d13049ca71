import { table } from '../rejections/rejection-text.js';

/** Why no case is opened. */
export const openingRejections = table({
  'not-a-hospital-unit': {
    rule: 'SVU-1',
    forbidden: true,
    sv: 'Enbart slutenvården kan skapa en SVU.',
    en: 'Only a hospital unit creates an SVU.',
  },
  'case-already-opened': {
    rule: 'SVU-2',
    conflict: true,
    sv: 'Ärendet är redan öppnat.',
    en: 'The case has already been opened.',
  },
  'svu-already-open': {
    rule: 'SVU-2',
    conflict: true,
    sv: 'Personen har redan en öppen SVU.',
    en: 'The person already has an open SVU: {case}.',
  },
  'svu-open-elsewhere': {
    rule: 'SVU-2',
    conflict: true,
    sv: 'Personen har redan en öppen SVU, där er enhet inte deltar.',
    en: 'The person already has an open SVU, in which your unit does not take part.',
  },
  'admission-in-the-future': {
    rule: 'SVU-3',
    sv: 'Inskrivningen kan inte ligga i framtiden.',
    en: 'The admission cannot lie in the future.',
  },
  'discharge-before-admission': {
    rule: 'SVU-3',
    sv: 'Beräknad utskrivning kan inte ligga före inskrivningsdagen.',
    en: 'The expected discharge cannot come before the day of admission.',
  },
});
