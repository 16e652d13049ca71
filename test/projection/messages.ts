import type { MessageState } from '../../src/process/message/message.js';
import type { OutsideMessageState } from '../../src/process/outside-message/outside-message.js';
import { caseId, healthCentre, nurse, personId } from './states.js';

const at = '2026-11-20T09:15:00.000Z';

/** What every message has. */
const sent = {
  personId,
  sentAt: at,
  sentBy: nurse,
  text: 'Hej',
  recipients: [healthCentre],
  unitNames: { [healthCentre]: 'Vårdcentralen' },
  attachment: { name: 'a.txt', contentType: 'text/plain', data: 'SGVq' },
  todos: {},
} as const;

/** A message in a case, annulled. */
export const written: MessageState = { ...sent, caseId, annulled: { at, by: nurse } };

/** A message outside every case, which orders home visits. */
export const outside: OutsideMessageState = {
  ...sent,
  consent: { form: 'oral', givenBy: 'patient', givenAt: at },
  order: {
    measure: 'dressing',
    weeks: 2,
    doctorFollowsUp: false,
    situation: 'Sår',
    background: 'Opererad',
    assessment: 'Rent',
    recommendation: 'Läggs om',
    reason: 'Kan inte gå',
  },
};

/** The same, after the patient took the consent back. */
export const withdrawn: OutsideMessageState = { ...outside, withdrawn: { at, by: nurse } };
