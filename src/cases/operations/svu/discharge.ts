import { dischargeWarnings } from '../../../process/svu/discharge-warnings.js';
import { dischargeForms } from '../../../process/svu/state.js';
import { operation } from '../operation.js';
import { reasonOfDecision } from '../parameters.js';

/** The going home, the ends of a case, and the way back. */
export const dischargeOperations = [
  operation({
    name: 'state-homecoming',
    rules: ['SVU-37'],
    side: 'municipality',
    sv: 'Ange när patienten kommer hem och om någon möter upp.',
    en: 'States when the patient comes home and whether somebody meets.',
    parameters: [
      {
        name: 'homeAt',
        field: 'homeAt',
        type: 'dateTime',
        min: 1,
        max: '1',
        sv: 'När patienten kommer hem, med tidszon.',
        en: 'When the patient comes home, with its time zone.',
      },
      {
        name: 'met',
        field: 'met',
        type: 'boolean',
        min: 1,
        max: '1',
        sv: 'Om någon från kommunen möter upp.',
        en: 'Whether somebody of the municipality meets.',
      },
    ],
    step: (given) => ({ type: 'state-homecoming', data: given }),
  }),
  operation({
    name: 'discharge',
    rules: ['SVU-21', 'SVU-23'],
    side: 'hospital',
    sv: 'Publicera utskrivningsmeddelandet.',
    en: 'Publishes the discharge.',
    parameters: [
      {
        name: 'dischargedAt',
        field: 'dischargedAt',
        type: 'dateTime',
        min: 1,
        max: '1',
        sv: 'När patienten skrevs ut, med tidszon.',
        en: 'When the patient was discharged, with its time zone.',
      },
      {
        name: 'form',
        field: 'form',
        type: 'code',
        codes: dischargeForms,
        min: 1,
        max: '1',
        sv: 'Utskrivning eller avslut i förtid.',
        en: 'discharge or early-end.',
      },
      {
        name: 'dischargedTo',
        field: 'dischargedTo',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Vart patienten skrevs ut. Krävs vid utskrivning; ska utelämnas vid avslut i förtid.',
        en: 'Where the patient was discharged to; required of a discharge, to be left out of an early end.',
      },
      {
        name: 'comment',
        field: 'comment',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Kommentar, t.ex. tillfällig adress. Ska utelämnas vid nekat samtycke.',
        en: 'Comment, e.g. a temporary address. To be left out under a refusal.',
      },
      {
        name: 'confirmedWarning',
        field: 'confirmedWarnings',
        type: 'code',
        codes: dischargeWarnings,
        min: 0,
        max: '*',
        sv: 'En varning som användaren har sett och bekräftat.',
        en: 'The code of a warning that the user has seen and confirmed.',
      },
    ],
    step: (given) => ({ type: 'discharge', data: { confirmedWarnings: [], ...given } }),
  }),
  operation({
    name: 'undo-discharge',
    rules: ['SVU-24'],
    side: 'hospital',
    sv: 'Ångra utskrivningen.',
    en: 'Undoes the discharge.',
    parameters: [reasonOfDecision],
    step: (given) => ({ type: 'undo-discharge', data: given }),
  }),
  operation({
    name: 'annul',
    rules: ['SVU-6'],
    side: 'hospital',
    sv: 'Makulera ärendet.',
    en: 'Annuls the case.',
    parameters: [
      {
        ...reasonOfDecision,
        sv: 'Orsak. Krävs, utom vid nekat samtycke och när inget beslut gäller i ett publicerat ärende; då ska den utelämnas.',
        en: 'Reason. Required, except under a refusal and on a published case without a current decision, where it is to be left out.',
      },
    ],
    step: (given) => ({ type: 'annul', data: given }),
  }),
] as const;
