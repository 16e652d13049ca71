import { operation } from '../operation.js';

/** Completing and signing the statement, which is written as a form (SVU-16 to SVU-20). */
export const statementOperations = [
  operation({
    name: 'complete-statement',
    rules: ['SVU-16'],
    side: 'hospital',
    sv: 'Klarmarkera slutenvårdens del av ställningstagandet. Därmed öppnas öppenvårdens och kommunens delar, och det kan justeras.',
    en: 'Marks the part of the hospital in the statement complete, which opens the parts of outpatient care and the municipality, and signing.',
    parameters: [],
    step: () => ({ type: 'complete-statement', data: {} }),
  }),
  operation({
    name: 'sign-statement',
    rules: ['SVU-19', 'SVU-17'],
    sv: 'Justera ställningstagandet för den egna enheten.',
    en: 'Signs the statement for the own unit.',
    parameters: [
      {
        name: 'version',
        field: 'version',
        type: 'positiveInt',
        min: 1,
        max: '1',
        sv: 'Den version av formuläret som justeras, så att ingen justerar något oläst.',
        en: 'The version of the form in which the unit has read it (`meta.versionId`): nobody signs what they have not seen.',
      },
    ],
    step: (given) => ({ type: 'sign-statement', data: given }),
  }),
  operation({
    name: 'reopen-statement',
    rules: ['SVU-20'],
    side: 'hospital',
    sv: 'Öppna ställningstagandet igen. Alla justeringar bryts.',
    en: 'Opens the statement again. Every signature is broken.',
    parameters: [],
    step: () => ({ type: 'reopen-statement', data: {} }),
  }),
] as const;
