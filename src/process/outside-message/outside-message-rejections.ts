import { table } from '../rejections/rejection-text.js';

/** Why a unit cannot write about a person outside every case. */
export const outsideMessageRejections = table({
  'no-messages-outside-stay': {
    rule: 'MSG-5',
    sv: 'I er region skickas meddelanden bara i ett ärende.',
    en: 'Under the policy of the organisation messages are sent in cases alone.',
  },
  'outside-message-without-addressee': {
    rule: 'MSG-5',
    sv: 'Ange vilka enheter meddelandet går till.',
    en: 'A message outside a case names the units that it goes to.',
  },
  'addressee-closed': {
    rule: 'MSG-5',
    sv: '{unit} är stängd eller har ingen personal som kan läsa meddelandet. Välj en annan enhet.',
    en: 'A unit that is closed, or has no roles, is sent no message ({unit}): nobody would read it.',
  },
  'outside-messages-full': {
    rule: 'MSG-5',
    sv: 'Det har skickats så många meddelanden om personen utanför ärenden som får skickas ({most}), och er enhet har skickat sin del.',
    en: 'As many messages about the person as may be sent outside cases have been ({most}), and the unit has sent its share.',
  },
  'consent-not-stated': {
    rule: 'CON-10',
    sv: 'Ange patientens samtycke: hur det lämnades, av vem och när.',
    en: "A message outside a case states the patient's consent: how it was given, by whom, and when.",
  },
  'consent-not-given-yet': {
    rule: 'CON-10',
    sv: 'Samtycket kan inte ha lämnats efter att meddelandet skrevs.',
    en: 'The consent was given before the message was written.',
  },
  'home-visits-not-here': {
    rule: 'MSG-8',
    sv: 'I er region beställs inte hembesök genom ett meddelande. Kalla till en samordnad individuell plan (SIP).',
    en: 'Under the policy of the organisation no home visits are ordered by a message. Call to a SIP (SIP-23).',
  },
  'home-visits-ordered-by-region': {
    rule: 'MSG-8',
    sv: 'Hembesök beställs av slutenvården eller öppenvården.',
    en: 'Home visits are ordered by the hospital or by outpatient care.',
  },
  'home-visits-of-municipality': {
    rule: 'MSG-8',
    sv: 'Hembesök beställs av kommunens enheter.',
    en: 'Home visits are ordered from units of the municipality.',
  },
  'home-visit-order-incomplete': {
    rule: 'MSG-8',
    sv: 'Ange situation, bakgrund, aktuellt tillstånd, rekommendation, anledning till hembesöken, antal veckor och om läkare i primärvården ska följa upp.',
    en: 'An order of home visits has situation, background, assessment, recommendation, the reason, the weeks, and whether a doctor of primary care follows it up.',
  },
  'home-visits-by-sip': {
    rule: 'MSG-8',
    sv: 'Genom ett meddelande beställs bara hembesök för ögondroppar, örondroppar, injektion, omläggning, suturtagning eller provtagning, under en till fyra veckor och utan uppföljning av läkare i primärvården. Kalla annars till en samordnad individuell plan (SIP).',
    en: 'By a message home visits are ordered for eye drops, ear drops, injection, dressing, suture removal or sampling alone, for one to four weeks, without follow-up by a doctor of primary care. Otherwise call to a SIP (SIP-23).',
  },
});
