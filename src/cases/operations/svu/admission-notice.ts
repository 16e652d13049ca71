import { publishingWarnings } from '../../../process/svu/publishing-warnings.js';
import { operation } from '../operation.js';
import { reason } from '../parameters.js';

/** What comes before the admission notice, and the notice. */
export const admissionNoticeOperations = [
  operation({
    name: 'record-patient-information',
    rules: ['CON-1'],
    side: 'hospital',
    sv: 'Registrera att patienten är informerad, eller varför inte.',
    en: 'Records that the patient is informed, or why not.',
    parameters: [
      {
        name: 'informed',
        field: 'informed',
        type: 'boolean',
        min: 1,
        max: '1',
        sv: 'Om patienten är informerad.',
        en: 'Whether the patient is informed.',
      },
      {
        name: 'oral',
        field: 'oral',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Muntligt. Utelämnat: nej.',
        en: 'Orally. Absent: no.',
      },
      {
        name: 'written',
        field: 'written',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Skriftligt (broschyren lämnad). Utelämnat: nej.',
        en: 'In writing (the brochure was given). Absent: no.',
      },
      {
        ...reason,
        sv: 'Varför patienten inte är informerad. Krävs då, utom vid nekat samtycke; då ska den utelämnas.',
        en: 'Why the patient is not informed. Required then, except under a refusal, where it is to be left out.',
      },
    ],
    step: (given) => ({
      type: 'record-patient-information',
      data: { oral: false, written: false, ...given },
    }),
  }),
  operation({
    name: 'record-needs-assessment',
    rules: ['SVU-5'],
    side: 'hospital',
    sv: 'Registrera när läkaren bedömde att behov av insatser finns; inskrivningsmeddelandet ska då publiceras inom 24 timmar.',
    en: 'Records when the doctor assessed that needs exist; the admission notice is then due within 24 hours.',
    parameters: [
      {
        name: 'assessedAt',
        field: 'needsAssessedAt',
        type: 'dateTime',
        min: 1,
        max: '1',
        sv: 'När bedömningen gjordes, med tidszon.',
        en: 'When the assessment was made, with its time zone.',
      },
    ],
    step: (given) => ({ type: 'record-needs-assessment', data: given }),
  }),
  operation({
    name: 'publish-admission-notice',
    rules: ['SVU-3', 'SVU-4', 'CON-5', 'SVU-28', 'SVU-40'],
    side: 'hospital',
    sv: 'Publicera inskrivningsmeddelandet till de mottagande enheterna.',
    en: 'Publishes the admission notice to the receiving units.',
    parameters: [
      {
        ...reason,
        sv: 'Inskrivningsorsak, där ärendet saknar den. Publiceras aldrig vid nekat samtycke.',
        en: 'The reason, where the case has none. Never published under a refusal.',
      },
      {
        name: 'shortStay',
        field: 'shortStay',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Kort vårdtid, högst 24 timmar, med oförändrade behov. Utelämnat: nej.',
        en: 'A short stay, at most 24 hours, with unchanged needs. Absent: no.',
      },
      {
        name: 'confirmedWarning',
        field: 'confirmedWarnings',
        type: 'code',
        codes: publishingWarnings,
        min: 0,
        max: '*',
        sv: 'En varning som användaren har sett och bekräftat.',
        en: 'The code of a warning that the user has seen and confirmed.',
      },
    ],
    step: (given) => ({ type: 'publish-admission-notice', data: given }),
  }),
] as const;
