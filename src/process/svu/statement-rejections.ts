import { table } from '../rejections/rejection-text.js';

/** What hinders that a part of the statement is written or completed, and that the statement is signed or opened again. */
export const statementRejections = table({
  'only-hospital-completes-statement': {
    rule: 'SVU-20',
    side: 'hospital',
    sv: 'Slutenvården klarmarkerar sin del av ställningstagandet och öppnar ett slutjusterat ställningstagande.',
    en: 'The hospital alone marks its part of the statement complete, and opens a signed statement again.',
  },
  'statement-not-begun': {
    rule: 'SVU-16',
    sv: 'Ställningstagandet är inte påbörjat.',
    en: 'Nobody has opened the statement.',
  },
  'part-not-complete': {
    rule: 'SVU-16',
    sv: 'Det här ska besvaras först: {question}.',
    en: 'This is to be answered first: {question}.',
  },
  'statement-not-complete': {
    rule: 'SVU-16',
    sv: 'Slutenvården har inte klarmarkerat sin del av ställningstagandet.',
    en: 'The hospital has not marked its part of the statement complete.',
  },
  'statement-returned': {
    rule: 'SVU-17',
    sv: 'Öppenvården har inte godkänt ställningstagandet till SIP. Det väntar på slutenvården.',
    en: 'Outpatient care has said no to the stance on SIP. The statement waits for the hospital.',
  },
  'sip-stance-not-agreed': {
    rule: 'SVU-17',
    sv: 'Öppenvården har inte godkänt ställningstagandet till SIP. Det kan inte justeras förrän öppenvården har svarat ja.',
    en: 'Outpatient care says no to the stance on SIP. Nobody signs before it says yes.',
  },
  'only-three-sides-sign': {
    rule: 'SVU-19',
    forbidden: true,
    sv: 'Ställningstagandet justeras av slutenvården, öppenvården och kommunen.',
    en: 'The statement is signed by the hospital, outpatient care and the municipality.',
  },
  'statement-changed': {
    rule: 'SVU-19',
    conflict: true,
    sv: 'Ställningstagandet har ändrats sedan ni läste det. Läs det som står där nu, och justera sedan.',
    en: 'The statement has changed since it was read. Read what it says now, and sign then.',
  },
  'statement-signed': {
    rule: 'SVU-20',
    sv: 'Ställningstagandet är slutjusterat. Bara slutenvården kan öppna det igen.',
    en: 'The statement is signed by all. The hospital alone can open it again, and does so before it is changed.',
  },
});
