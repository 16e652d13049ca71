import { table } from '../rejections/rejection-text.js';

/** What hinders stating who placed the patient (ADR-9), recording a coordinated care plan (SVU-31), and a decision on NPÖ (CON-9). */
export const placingRejections = table({
  'only-hospital-records-npo-decision': {
    rule: 'CON-9',
    side: 'hospital',
    sv: 'Beslutet om NPÖ registreras av slutenvården.',
    en: 'The decision on NPÖ is recorded by the hospital.',
  },
  'npo-decision-not-here': {
    rule: 'CON-9',
    sv: 'I er region registreras inget beslut om NPÖ i ärendet.',
    en: 'Under the policy of the case no decision on NPÖ is recorded.',
  },
  'placing-not-of-this-side': {
    rule: 'ADR-9',
    forbidden: true,
    sv: 'Placerande kommun anges av slutenvården eller kommunen.',
    en: 'The placing municipality is stated by the hospital or a municipality.',
  },
  'municipality-code-of-four': {
    rule: 'ADR-9',
    sv: 'Ange kommunens kod med fyra siffror.',
    en: 'A municipality is stated by its code of four digits.',
  },
  'only-hospital-records-coordinated-care-plan': {
    rule: 'SVU-31',
    side: 'hospital',
    sv: 'Samordnad vårdplan registreras av slutenvården.',
    en: 'The coordinated care plan is recorded by the hospital.',
  },
  'care-plan-in-the-future': {
    rule: 'SVU-31',
    sv: 'Den samordnade vårdplanen kan inte vara upprättad i framtiden.',
    en: 'The coordinated care plan cannot have been made in the future.',
  },
});
