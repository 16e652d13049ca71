import { todoRows } from '../todo/kind-of-todo.js';
import { handledOn, identityConfirmed, review } from '../todo/questions.js';

/** The to-dos of every kind of case. */
export const caseTodoKinds = todoRows({
  // MSG-6
  'acknowledge-message': { sv: 'Kvittera generellt meddelande', en: 'Acknowledge a general message' },
  // ADR-13
  'address-by-hand': {
    openersOwn: true,
    endsByItsStep: true,
    sv: 'Ärendet kunde inte adresseras: lägg till enheten manuellt',
    en: 'Address the case by hand',
  },
  // PAT-7
  'review-register-change': {
    ...review,
    sv: 'Granska ändrade folkbokförings- eller listningsuppgifter',
    en: 'Review changed register data',
  },
  // ADR-7
  'forward-to-new-health-centre': {
    sv: 'Patienten har listats om: lägg till den nya vårdcentralen i ärendet',
    en: 'The patient is listed elsewhere now: forward the case to the new health centre',
  },
  // PAT-12: the person is another who has an open case too (SVU-2)
  'review-double-case': {
    ...review,
    sv: 'Patienten har ett öppet ärende också under ett annat personnummer: avsluta eller makulera ett av dem',
    en: 'The patient has an open case under another number as well: end or annul one of them',
  },
  // PAT-12, PAT-13: the journal merged numbers that the register keeps apart, or moved the stay to another person
  'check-identity': {
    openersOwn: true,
    asks: { 'identity-confirmed': identityConfirmed, 'handled-on': handledOn },
    sv: 'Journalsystemet säger något annat om vem patienten är än ärendet och folkbokföringen: kontrollera patientens identitet',
    en: 'The journal system says something else of who the patient is than the case and the population register: check it',
  },
  // SVU-42: the patient is at a ward of another organisation
  'hand-over-case': {
    openersOwn: true,
    sv: 'Patienten har flyttats till en avdelning hos en annan vårdgivare: lämna över ärendet dit eller avsluta det',
    en: 'The patient was moved to a ward of another organisation: hand the case over or end it',
  },
  // PAT-6
  'continue-by-telephone': { sv: 'Fortsätt planeringen per telefon', en: 'Continue by telephone' },
  // PAT-6: what journals told of the stay meanwhile was not kept
  'review-missed-stay': {
    ...review,
    sv: 'Medan ärendet inte kunde läsas togs inget emot från journalsystemet: granska om patienten är kvar, har flyttats eller skrivits ut',
    en: 'While the case could not be read nothing was taken from the journal system: review whether the patient is there, was moved or has left',
  },
});

export type CaseTodoKind = keyof typeof caseTodoKinds;
