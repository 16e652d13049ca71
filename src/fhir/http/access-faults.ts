import type { FaultText } from '../fault-text.js';

/** Who is not heard, and what is not given to whom. */
export const accessFaults = {
  'not-authenticated': {
    status: 401,
    type: 'login',
    sv: 'Inloggningen gäller inte. Logga in på nytt.',
    en: 'A valid access token is needed.',
  },
  'not-assigned': {
    status: 403,
    type: 'forbidden',
    rule: 'ORG-1',
    sv: 'Användaren har ingen aktiv roll på enheten.',
    en: 'The user has no active role at the unit.',
  },
  'not-of-the-issuer': {
    status: 403,
    type: 'forbidden',
    rule: 'ORG-3',
    sv: 'Inloggningen får inte användas för enhetens organisation.',
    en: 'The issuer of the token, or its client, may not speak for the organisation of the unit.',
  },
  'not-for-system': {
    status: 403,
    type: 'forbidden',
    rule: 'ORG-2',
    sv: 'Steget kräver en inloggad användare med en roll på enheten.',
    en: 'The step needs a user with a role at the unit; a system reads, searches and subscribes.',
  },
  'keys-unavailable': {
    status: 503,
    type: 'transient',
    sv: 'Inloggningen kan inte kontrolleras just nu. Försök igen.',
    en: 'The keys of the token issuer cannot be had right now. Try again.',
  },
  'catalogue-unavailable': {
    status: 503,
    type: 'transient',
    rule: 'ORG-1',
    sv: 'HSA-katalogen svarar inte just nu, så personen kan inte slås upp där. Försök igen.',
    en: 'The HSA catalogue does not answer right now, so the person cannot be looked up there. Try again.',
  },
  'audit-unavailable': {
    status: 503,
    type: 'transient',
    rule: 'ACC-5',
    sv: 'Åtkomsten kan inte loggas just nu och ges därför inte. Försök igen.',
    en: 'The access cannot be logged right now and is therefore not given. Try again.',
  },
  unavailable: {
    status: 503,
    type: 'transient',
    sv: 'Tjänsten kan inte läsa eller spara just nu. Försök igen.',
    en: 'The service cannot reach its store right now. Try again.',
  },
  'written-by-newer': {
    status: 503,
    type: 'transient',
    sv: 'Tjänsten håller på att uppgraderas och ärendet kan inte ändras här just nu. Försök igen.',
    en: 'The service is being upgraded, and a newer version has written in the case. Nothing is stored; try again, until a process of that version answers.',
  },
  internal: {
    status: 500,
    type: 'exception',
    sv: 'Ett oväntat fel inträffade. Ange tidpunkten när du anmäler det.',
    en: 'An unexpected error occurred. Give X-Request-ID when you report it.',
  },
  'not-found': {
    status: 404,
    type: 'not-found',
    rule: 'ACC-1',
    sv: 'Det du söker finns inte, eller så deltar enheten inte i ärendet.',
    en: 'There is no such resource, or the unit takes no part in the case.',
  },
  'no-payment-basis': {
    status: 404,
    type: 'not-found',
    rule: 'PAY-9',
    sv: 'Inget av ärendet delas nu, så det finns inget att räkna betalningsansvar från.',
    en: 'Nothing of the case is shared now, so there is nothing to count liability for payment from.',
  },
  'no-background': {
    status: 404,
    type: 'not-found',
    rule: 'CON-5',
    sv: 'Bakgrund visas bara för ett öppet ärende som delas i sin helhet, medan samtycke eller en annan grund gäller.',
    en: 'Background is shown only of an open case that is shared in full, while consent or another ground stands.',
  },
  deleted: {
    status: 410,
    type: 'deleted',
    sv: 'Det du söker finns inte längre.',
    en: 'The resource is no longer there.',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
