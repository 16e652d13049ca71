import { table } from '../rejections/rejection-text.js';

/** Who cannot be a contact. */
export const contactRejections = table({
  'only-outpatient-names-contact': {
    rule: 'SVU-8',
    side: 'outpatient',
    sv: 'Fast vårdkontakt utses av öppenvården.',
    en: 'The contact is named by outpatient care.',
  },
  'contact-not-of-outpatient': {
    rule: 'SVU-8',
    sv: 'En fast vårdkontakt arbetar i öppenvården. Välj någon som är anställd på en öppenvårdsenhet.',
    en: 'A contact works in outpatient care. Choose somebody with an assignment at one of its units.',
  },
  'contact-not-identified': {
    rule: 'SVU-8',
    sv: 'Ange den fasta vårdkontakten ur katalogen, med namn och HSA-id.',
    en: 'Name the contact from the catalogue, with HSA-id and name.',
  },
  'contact-needs-responsibility': {
    rule: 'SVU-8',
    sv: 'En fast vårdkontakt som inte är kallelseansvarig ska ha ett angivet ansvar.',
    en: 'A contact who does not call to the SIP needs a stated responsibility.',
  },
  'contact-not-named': {
    rule: 'SVU-8',
    sv: 'Personen är inte utsedd till fast vårdkontakt i ärendet.',
    en: 'The person is not a contact of the case.',
  },
});
