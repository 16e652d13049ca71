import { isHospitalDoctor } from '../../../directory/hospital-doctor.js';
import { operation } from '../operation.js';
import { reason, reasonOfDecision } from '../parameters.js';
import { nameOfStaff } from '../staff-name.js';

/** The planned discharge, and that the patient is ready for it. */
export const readyOperations = [
  operation({
    name: 'change-planned-discharge',
    rules: ['SVU-9'],
    side: 'hospital',
    sv: 'Ändra beräknat utskrivningsdatum.',
    en: 'Changes the planned discharge.',
    parameters: [
      {
        name: 'date',
        field: 'date',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Nytt beräknat utskrivningsdatum.',
        en: 'The new planned discharge.',
      },
      {
        ...reason,
        sv: 'Varför dagen ändras. Krävs när ärendet är publicerat; ska utelämnas i ett utkast och vid nekat samtycke.',
        en: 'Why the day changes. Required once published; to be left out in a draft and under a refusal.',
      },
    ],
    step: (given) => ({ type: 'change-planned-discharge', data: given }),
  }),
  operation({
    name: 'ready',
    rules: ['SVU-10', 'SVU-13', 'SVU-31'],
    side: 'hospital',
    sv: 'Meddela att patienten är utskrivningsklar.',
    en: 'Reports the patient ready for discharge.',
    parameters: [
      {
        name: 'date',
        field: 'date',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Dagen då patienten är utskrivningsklar.',
        en: 'The day the patient is ready.',
      },
      {
        name: 'doctor',
        field: 'doctor',
        type: 'staff',
        min: 1,
        max: '1',
        sv: 'Ansvarig läkare.',
        en: 'The responsible doctor.',
      },
      {
        name: 'decisionLpt7a',
        field: 'decisionLpt7a',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Ett beslut enligt 7 a § LPT, som gäller som meddelandet; läkaren är den som beslutade. Utelämnat: nej.',
        en: 'A decision under section 7 a of LPT, which counts as the notice; the doctor is who decided. Absent: no.',
      },
    ],
    step: (given, directory) => ({
      type: 'report-ready',
      data: {
        ...given,
        doctorName: nameOfStaff(directory, given.doctor),
        isHospitalDoctor: isHospitalDoctor(directory, given.doctor),
      },
    }),
  }),
  operation({
    name: 'withdraw-ready',
    rules: ['SVU-12'],
    side: 'hospital',
    sv: 'Återta utskrivningsklar och sätt ett nytt beräknat utskrivningsdatum.',
    en: 'Withdraws ready and sets a new planned discharge.',
    parameters: [
      {
        name: 'expectedDischarge',
        field: 'expectedDischarge',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Nytt beräknat utskrivningsdatum.',
        en: 'The new planned discharge.',
      },
      reasonOfDecision,
    ],
    step: (given) => ({ type: 'withdraw-ready', data: given }),
  }),
] as const;
