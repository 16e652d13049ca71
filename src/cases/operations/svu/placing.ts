import { isHospitalDoctor } from '../../../directory/hospital-doctor.js';
import { compulsoryCareLaws, planMakers } from '../../../process/svu/care-outside.js';
import { operation } from '../operation.js';
import { nameOfStaff } from '../staff-name.js';

/** Compulsory outpatient care, and who placed the patient. */
export const placingOperations = [
  operation({
    name: 'record-coordinated-care-plan',
    rules: ['SVU-31'],
    side: 'hospital',
    sv: 'Registrera en samordnad vårdplan, som ersätter SIP och kallelse vid övergång till öppen psykiatrisk tvångsvård eller öppen rättspsykiatrisk vård.',
    en: 'Records a coordinated care plan, which takes the place of SIP and invitation on the way to compulsory outpatient psychiatric or forensic care.',
    parameters: [
      {
        name: 'date',
        field: 'date',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Dagen då planen upprättades.',
        en: 'The day the plan was made.',
      },
      {
        name: 'doctor',
        field: 'doctor',
        type: 'staff',
        min: 1,
        max: '1',
        sv: 'Läkaren som upprättade planen.',
        en: 'The doctor who made the plan.',
      },
      {
        name: 'madeBy',
        field: 'madeBy',
        type: 'code',
        codes: planMakers,
        min: 1,
        max: '1',
        sv: 'Som chefsöverläkare eller som överläkare på delegation.',
        en: 'As chief psychiatrist, or as a senior physician by delegation.',
      },
      {
        name: 'law',
        field: 'law',
        type: 'code',
        codes: compulsoryCareLaws,
        min: 1,
        max: '1',
        sv: 'Lagen som den öppna vården ges enligt.',
        en: 'The law of the outpatient care.',
      },
    ],
    step: (given, directory) => ({
      type: 'record-coordinated-care-plan',
      data: {
        ...given,
        doctorName: nameOfStaff(directory, given.doctor),
        isHospitalDoctor: isHospitalDoctor(directory, given.doctor),
      },
    }),
  }),
  operation({
    name: 'withdraw-coordinated-care-plan',
    rules: ['SVU-31'],
    side: 'hospital',
    sv: 'Återta den samordnade vårdplanen.',
    en: 'Withdraws the coordinated care plan.',
    parameters: [],
    step: () => ({ type: 'withdraw-coordinated-care-plan', data: {} }),
  }),
  operation({
    name: 'state-placing-municipality',
    rules: ['ADR-9'],
    sv: 'Ange vilken kommun som har placerat patienten i en annan kommun, eller att ingen har det.',
    en: 'States which municipality placed the patient in another, or that none did.',
    parameters: [
      {
        name: 'municipality',
        field: 'municipality',
        type: 'code',
        min: 0,
        max: '1',
        sv: 'Kommunens kod med fyra siffror. Utelämnad: ingen har placerat patienten.',
        en: 'The code of the municipality, of four digits. Absent: nobody placed the patient.',
      },
    ],
    step: (given, directory) => {
      const name =
        given.municipality === undefined ? undefined : directory.municipality(given.municipality)?.name;
      return {
        type: 'state-placing-municipality',
        data: { ...given, ...(name === undefined ? {} : { municipalityName: name }) },
      };
    },
  }),
] as const;
