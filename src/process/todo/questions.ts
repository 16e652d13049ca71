import type { Question } from './kind-of-todo.js';

/** Questions that several kinds of to-do ask. */
const caseGoesOn: Question = { type: 'boolean', sv: 'Ärendet fortsätter', en: 'The case goes on' };
export const identityConfirmed: Question = {
  type: 'boolean',
  sv: 'Patientens identitet är bekräftad',
  en: 'The identity is confirmed',
};
export const handledOn: Question = { type: 'date', sv: 'Hanterad den', en: 'Handled on' };
export const sipBeforeReady: Question = {
  type: 'boolean',
  sv: 'SIP hålls före utskrivningsklar',
  en: 'The SIP is held before ready',
};

/** What a to-do asks of the side that opened the case when something has to be looked at. */
export const review = {
  openersOwn: true,
  asks: { 'case-goes-on': caseGoesOn, 'handled-on': handledOn },
} as const;
