import { noticeRows } from '../notice/kind-of-notice.js';
import { groundMoved, planningMoved } from './ground-moved.js';
import { placingNoticeKinds } from './placing-notice-kinds.js';

const expectedDischarge = { 'expected-discharge': ['expectedDischarge'] } as const;

/** The notices of coordination at discharge. */
export const svuNoticeKinds = noticeRows({
  'admission-notice': {
    rules: ['SVU-3'],
    sv: 'Inskrivningsmeddelande',
    en: 'Admission notice',
    // SVU-28
    fields: { shortStay: { label: 'Kort vårdtid 24 timmar, oförändrade behov', as: 'yes-or-no' } },
    minimum: {
      'admission-date': ['admittedAt'],
      ward: ['ward'],
      ...expectedDischarge,
      brochure: ['writtenInformation'],
    },
    replaces: ['admission-notice'],
    // Where a changed day is told by the notice itself (SVU-9, SVU-12).
    corrects: {
      'planned-discharge-changed': ['expectedDischarge'],
      'ready-withdrawn': ['expectedDischarge'],
    },
  },
  'planned-discharge-changed': {
    rules: ['SVU-9'],
    sv: 'Ändrat beräknat utskrivningsdatum',
    en: 'Planned discharge changed',
    minimum: expectedDischarge,
    replaces: ['planned-discharge-changed', 'ready-withdrawn'],
  },
  ready: {
    rules: ['SVU-10'],
    toldUnderRefusal: true,
    sv: 'Meddelande om utskrivningsklar',
    en: 'Ready for discharge',
    lead: 'Patienten är utskrivningsklar.',
    aboutReady: true,
    // SVU-11
    fields: {
      countsFrom: { label: 'Räknas som inkommen' },
      // SVU-31
      decisionLpt7a: { label: 'Beslut enligt 7 a § LPT', as: 'yes-or-no' },
    },
    replaces: ['ready', 'ready-withdrawn'],
  },
  'ready-withdrawn': {
    rules: ['SVU-12'],
    sv: 'Återtaget meddelande om utskrivningsklar',
    en: 'Ready for discharge withdrawn',
    lead: 'Patienten är inte längre utskrivningsklar.',
    minimum: expectedDischarge,
    aboutReady: true,
    replaces: ['ready', 'planned-discharge-changed'],
  },
  homecoming: {
    rules: ['SVU-37'],
    sv: 'Tid för hemgång',
    en: 'Time of going home',
    fields: {
      homeAt: { label: 'Hemgång', as: 'moment' },
      met: { label: 'Någon möter upp', as: 'yes-or-no' },
    },
    replaces: ['homecoming', 'homecoming-unconfirmed'],
  },
  // What it was stated on has moved
  'homecoming-unconfirmed': {
    rules: ['SVU-37'],
    sv: 'Tid för hemgång inte bekräftad',
    en: 'Time of going home not confirmed',
    lead: 'Den angivna tiden för hemgång gäller inte längre.',
    fields: {
      formerHomeAt: { label: 'Tidigare angiven tid', as: 'moment' },
      because: { label: 'Orsak till att tiden inte gäller', words: groundMoved },
    },
    replaces: ['homecoming'],
  },
  'planning-done': {
    rules: ['SVU-27'],
    sv: 'Egen planering klar',
    en: 'Own planning done',
    lead: 'Enheten är klar med sin egen planering.',
    fields: { welcomeFrom: { label: 'Välkommen hem från', as: 'moment' } },
    repeats: { 'planning-done': ['unit'], 'planning-unconfirmed': ['unit'] },
  },
  // What it was said on has moved
  'planning-unconfirmed': {
    rules: ['SVU-27'],
    sv: 'Egen planering inte bekräftad',
    en: 'Own planning not confirmed',
    lead: 'Att planeringen är klar gäller inte längre.',
    fields: { moved: { label: 'Orsak till att planeringen inte gäller', words: planningMoved } },
    repeats: { 'planning-done': ['unit'], 'planning-unconfirmed': ['unit'] },
  },
  ...placingNoticeKinds,
  discharge: {
    rules: ['SVU-21'],
    sv: 'Utskrivningsmeddelande',
    en: 'Discharge notice',
    minimum: { 'discharge-notice': ['dischargedAt', 'form', 'dischargedTo'] },
    replaces: ['discharge', 'discharge-undone'],
    // After a death, say, nobody goes home (SVU-37); a discharge is what the stated time waits for.
    replacesWhere: { homecoming: { form: 'early-end' } },
  },
  'discharge-undone': {
    rules: ['SVU-24'],
    toldUnderRefusal: true,
    sv: 'Utskrivningen ångrad',
    en: 'Discharge undone',
    lead: 'Utskrivningen är ångrad och planeringen öppen igen.',
    replaces: ['discharge'],
  },
  'ward-changed': {
    rules: ['SVU-42'],
    sv: 'Avdelningsbyte',
    en: 'Change of ward',
    lead: 'Ärendet har följt med patienten till en annan avdelning.',
    minimum: { ward: ['fromWard', 'toWard'] },
    reachesWhoLeft: true,
  },
});
