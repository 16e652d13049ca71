import { table } from '../rejections/rejection-text.js';

/** What hinders that the hospital records that it has handed the patient information over. */
export const handedOverRejections = table({
  'only-hospital-hands-information-over': {
    rule: 'SVU-26',
    side: 'hospital',
    sv: 'Att patientinformationen är lämnad anges av slutenvården.',
    en: 'That the patient information is handed over is recorded by the hospital.',
  },
  'handed-over-in-the-future': {
    rule: 'SVU-26',
    sv: 'Tiden då patientinformationen lämnades har inte varit än.',
    en: 'The time at which the patient information was handed over lies ahead.',
  },
  'handed-over-before-admission': {
    rule: 'SVU-26',
    sv: 'Patientinformationen kan inte ha lämnats före inskrivningen.',
    en: 'The patient information cannot have been handed over before the admission.',
  },
});
