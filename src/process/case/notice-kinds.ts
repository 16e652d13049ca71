import { noticeRows } from '../notice/kind-of-notice.js';

/** The notices of every kind of case. */
export const caseNoticeKinds = noticeRows({
  annulled: {
    sv: 'Ärendet makulerat',
    en: 'Case annulled',
    lead: 'Ärendet är makulerat. Ingen ytterligare åtgärd behövs.',
    endsCase: true,
  },
  // ADR-12
  'participant-added': {
    sv: 'Enhet tillagd',
    en: 'Unit added',
    lead: 'Enheten har lagts till och deltar nu i ärendet.',
    namesNobody: true,
  },
  // ADR-10, ADR-11
  'participant-removed': {
    sv: 'Enhet borttagen',
    en: 'Unit removed',
    lead: 'Enheten deltar inte längre i ärendet.',
    reachesWhoLeft: true,
  },
  // PAT-6
  frozen: {
    sv: 'Fortsätt per telefon',
    en: 'Continue by telephone',
    lead: 'Ärendet är låst och inga uppgifter kan läsas eller skrivas här. Fortsätt planeringen per telefon enligt den manuella rutinen.',
  },
  // PAT-6
  unfrozen: {
    sv: 'Ärendet är öppet igen',
    en: 'Case open again',
    lead: 'Ärendet kan läsas och skrivas igen. Fortsätt planeringen här, och skriv in det som har överenskommits per telefon.',
  },
});

export type CaseNoticeKind = keyof typeof caseNoticeKinds;
