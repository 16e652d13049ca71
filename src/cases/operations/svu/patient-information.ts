import { copyTakers } from '../../../process/svu/copy-takers.js';
import { operation } from '../operation.js';

/** What the patient takes home in writing. */
export const patientInformationOperations = [
  operation({
    name: 'record-information-handed-over',
    rules: ['SVU-26'],
    side: 'hospital',
    sv: 'Ange att ett utskrivet exemplar av patientinformationen är lämnat.',
    en: 'Records that a printed copy of the patient information is handed over.',
    parameters: [
      {
        name: 'handedOverAt',
        field: 'handedOverAt',
        type: 'dateTime',
        min: 1,
        max: '1',
        sv: 'När exemplaret lämnades, med tidszon.',
        en: 'When the copy was handed over, with its time zone.',
      },
      {
        name: 'to',
        field: 'to',
        type: 'code',
        codes: copyTakers,
        min: 1,
        max: '1',
        sv: 'Vem som fick det: patienten, en närstående eller en legal företrädare.',
        en: 'Who took it: patient, relative or legal-representative.',
      },
    ],
    step: (given) => ({ type: 'record-information-handed-over', data: given }),
  }),
] as const;
