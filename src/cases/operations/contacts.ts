import { mayBeOfOutpatientCare } from '../../directory/outpatient-staff.js';
import { operation } from './operation.js';
import type { OperationParameter } from './operation.js';
import { nameOfStaff } from './staff-name.js';

const contact = {
  name: 'contact',
  field: 'contact',
  type: 'staff',
  min: 1,
  max: '1',
  sv: 'Den fasta vårdkontakten.',
  en: 'The contact (fast vårdkontakt).',
} as const satisfies OperationParameter;

/** The contacts of a case of any kind. */
export const contactOperations = [
  operation({
    name: 'name-contact',
    rules: ['SVU-8'],
    side: 'outpatient',
    sv: 'Utse en fast vårdkontakt.',
    en: 'Names a contact.',
    parameters: [
      contact,
      {
        name: 'callsToSip',
        field: 'callsToSip',
        type: 'boolean',
        min: 1,
        max: '1',
        sv: 'Om kontakten har kallelseansvar för SIP.',
        en: 'Whether the contact calls to the SIP.',
      },
      {
        name: 'responsibility',
        field: 'responsibility',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Vad kontakten ansvarar för, när den inte kallar till SIP.',
        en: 'What the contact answers for, when it does not call to the SIP.',
      },
    ],
    step: (given, directory) => ({
      type: 'name-contact',
      data: {
        ...given,
        contactName: nameOfStaff(directory, given.contact),
        isOfOutpatientCare: mayBeOfOutpatientCare(directory, given.contact),
      },
    }),
  }),
  operation({
    name: 'remove-contact',
    rules: ['SVU-8'],
    side: 'outpatient',
    sv: 'Ta bort en fast vårdkontakt.',
    en: 'Removes a contact.',
    parameters: [contact],
    step: (given) => ({ type: 'remove-contact', data: given }),
  }),
] as const;
