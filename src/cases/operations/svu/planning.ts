import { operation } from '../operation.js';

/** The own planning of those who receive the patient. */
export const planningOperations = [
  operation({
    name: 'report-planning-done',
    rules: ['SVU-27'],
    sv: 'Ange att den egna planeringen är klar, och för kommunen när patienten är välkommen hem.',
    en: "Says that the unit's own planning is done, and for the municipality from when the patient is welcome home.",
    parameters: [
      {
        name: 'welcomeFrom',
        field: 'welcomeFrom',
        type: 'dateTime',
        min: 0,
        max: '1',
        sv: 'Från när patienten är välkommen hem, med tidszon. Anges av kommunen, senast av den sista enheten som är klar.',
        en: 'From when the patient is welcome home, with its time zone. Stated by the municipality, at the latest by its last unit to be done.',
      },
    ],
    step: (given) => ({ type: 'report-planning-done', data: given }),
  }),
] as const;
