import { noticeRows } from '../notice/kind-of-notice.js';

/** The notices of every kind of case. */
export const caseNoticeKinds = noticeRows({
  annulled: {
    rules: ['VIEW-11'],
    toldUnderRefusal: true,
    sv: 'Ärendet makulerat',
    en: 'Case annulled',
    lead: 'Ärendet är makulerat. Ingen ytterligare åtgärd behövs.',
    fields: {
      annulledBecause: {
        label: 'Orsak till makuleringen',
        words: { 'wrong-patient': 'Ärendet öppnades på fel patient' },
      },
    },
    endsCase: true,
  },
  'participant-added': {
    rules: ['ADR-12', 'ADR-15', 'ORG-10'],
    toldUnderRefusal: true,
    sv: 'Enhet tillagd',
    en: 'Unit added',
    lead: 'Enheten har lagts till och deltar nu i ärendet.',
    namesNobody: true,
    hiddenOfDraft: true,
    fields: {
      addedBy: { label: 'Tillagd av', as: 'unit' },
      secrecy: {
        label: 'Sekretess',
        words: { weaker: 'svagare än i hälso- och sjukvården och socialtjänsten' },
      },
    },
  },
  'participant-removed': {
    rules: ['ADR-10', 'ADR-11', 'ADR-16'],
    toldUnderRefusal: true,
    hiddenOfDraft: true,
    sv: 'Enhet borttagen',
    en: 'Unit removed',
    lead: 'Enheten deltar inte längre i ärendet.',
    reachesWhoLeft: true,
  },
  frozen: {
    rules: ['PAT-6'],
    toldUnderRefusal: true,
    sv: 'Fortsätt per telefon',
    en: 'Continue by telephone',
    lead: 'Ärendet är låst och inga uppgifter kan läsas eller skrivas här. Fortsätt planeringen per telefon enligt den manuella rutinen.',
  },
  unfrozen: {
    rules: ['PAT-6'],
    toldUnderRefusal: true,
    sv: 'Ärendet är öppet igen',
    en: 'Case open again',
    lead: 'Ärendet kan läsas och skrivas igen. Fortsätt planeringen här, och skriv in det som har överenskommits per telefon.',
  },
});

export type CaseNoticeKind = keyof typeof caseNoticeKinds;
