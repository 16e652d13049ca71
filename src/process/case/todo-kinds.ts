import { carried } from '../todo/carried.js';
import { todoRows } from '../todo/kind-of-todo.js';
import { handledOn, identityConfirmed, review } from '../todo/questions.js';

/** The to-dos of every kind of case. */
export const caseTodoKinds = todoRows({
  'acknowledge-message': {
    rules: ['MSG-6'],
    responsibility: 'acknowledge',
    acknowledges: true,
    sv: 'Kvittera generellt meddelande',
    en: 'Acknowledge a general message',
  },
  // Also when the case is over, for what was written is still to be read.
  'acknowledge-written-message': {
    rules: ['MSG-2'],
    responsibility: 'acknowledge',
    acknowledges: true,
    afterEnd: true,
    sv: 'Kvittera meddelande',
    en: 'Acknowledge a message that a unit wrote',
  },
  'address-by-hand': {
    rules: ['ADR-13'],
    responsibility: 'write',
    carries: { side: carried.side, cause: carried.cause },
    openersOwn: true,
    endsByItsStep: true,
    sv: 'Ärendet kunde inte adresseras: lägg till enheten manuellt',
    en: 'Address the case by hand',
  },
  // Of an inbox: the hub cannot know which area is the right one
  'distribute-case': {
    rules: ['ADR-14', 'ORG-14'],
    responsibility: 'write',
    sv: 'Fördela ärendet: lägg till enheten i rätt område, eller ange att det stannar här',
    en: 'Distribute the case: add the unit of the right area, or say that it stays here',
  },
  'review-register-change': {
    rules: ['PAT-7'],
    responsibility: 'write',
    carries: { changed: carried.changed },
    ...review,
    sv: 'Granska ändrade folkbokförings- eller listningsuppgifter',
    en: 'Review changed register data',
  },
  'forward-to-new-health-centre': {
    rules: ['ADR-7'],
    responsibility: 'write',
    carries: { unit: carried.unit },
    sv: 'Patienten har listats om: lägg till den nya vårdcentralen i ärendet',
    en: 'The patient is listed elsewhere now: forward the case to the new health centre',
  },
  // The person is another who has an open case too (SVU-2)
  'review-double-case': {
    rules: ['PAT-12', 'SVU-2'],
    responsibility: 'write',
    ...review,
    sv: 'Patienten har ett öppet ärende också under ett annat personnummer: avsluta eller makulera ett av dem',
    en: 'The patient has an open case under another number as well: end or annul one of them',
  },
  // The journal merged numbers that the register keeps apart, or moved the stay to another person
  'check-identity': {
    rules: ['PAT-12', 'PAT-13'],
    responsibility: 'write',
    openersOwn: true,
    asks: { 'identity-confirmed': identityConfirmed, 'handled-on': handledOn },
    sv: 'Journalsystemet säger något annat om vem patienten är än ärendet och folkbokföringen: kontrollera patientens identitet',
    en: 'The journal system says something else of who the patient is than the case and the population register: check it',
  },
  // The patient is at a ward of another organisation
  'hand-over-case': {
    rules: ['SVU-42'],
    responsibility: 'write',
    carries: { ward: carried.ward },
    openersOwn: true,
    sv: 'Patienten har flyttats till en avdelning hos en annan vårdgivare: lämna över ärendet dit eller avsluta det',
    en: 'The patient was moved to a ward of another organisation: hand the case over or end it',
  },
  'continue-by-telephone': {
    rules: ['PAT-6'],
    responsibility: 'acknowledge',
    ofOpeners: 'write',
    unitsAloneWithInput: true,
    carries: { visit: carried.visit },
    sv: 'Fortsätt planeringen per telefon',
    en: 'Continue by telephone',
  },
  // What journals told of the stay meanwhile was not kept
  'review-missed-stay': {
    rules: ['PAT-6'],
    responsibility: 'write',
    ...review,
    sv: 'Medan ärendet inte kunde läsas togs inget emot från journalsystemet: granska om patienten är kvar, har flyttats eller skrivits ut',
    en: 'While the case could not be read nothing was taken from the journal system: review whether the patient is there, was moved or has left',
  },
});

export type CaseTodoKind = keyof typeof caseTodoKinds;
