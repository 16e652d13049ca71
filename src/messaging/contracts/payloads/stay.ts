import { z } from 'zod';
import { longest } from '../limits.js';
import { hsaId, instant, personIdentifier, sequence, text, type Payload } from './common.js';

/**
 * What happened to a stay: ADT A01, A02, A08 (anything else about it, in practice the expected discharge or the ward), A03,
 * A11 (it never came to be) and A13 (it goes on after all).
 */
const stayFactKind = z.enum([
  'admitted',
  'transferred',
  'changed',
  'discharged',
  'admission-cancelled',
  'discharge-cancelled',
]);
export type StayFactKind = z.infer<typeof stayFactKind>;

export const stay = z
  .strictObject({
    kind: stayFactKind,
    person: personIdentifier,
    /** The journal's own id of the stay (PV1-19), unique within `sender`. */
    visit: text(longest.visit),
    /** The source's order: time of the event (EVN-2, else MSH-7), and its sequence number where it has one (MSH-13). */
    occurredAt: instant,
    sequence: sequence.exactOptional(),
    /** Who sent it and the id of the message there. */
    sender: text(longest.text),
    messageId: text(longest.text),
    /** HSA-id of the ward after the mapping file; absent when the message names none that is mapped. */
    ward: hsaId.exactOptional(),
    admittedAt: instant.exactOptional(),
    dischargedAt: instant.exactOptional(),
    /** Absent: the message says nothing of it, which changes nothing. */
    expectedDischarge: instant.exactOptional(),
    /** HL7 null (`""`). Never together with an expected discharge. */
    expectedDischargeRemoved: z
      .literal(true)
      .meta({ description: 'There is no expected discharge any more.' })
      .exactOptional(),
    /** Set when a local time fell in the doubled hour and the first was taken. */
    ambiguousTime: z.boolean().exactOptional(),
  })
  .meta({
    description:
      'A hospital stay as a journal system tells it (HL7 v2 ADT A01, A02, A03, A08, A11, A12, A13).',
    dependentSchemas: {
      expectedDischargeRemoved: { type: 'object', properties: { expectedDischarge: false } },
    },
  });

/** A hospital stay as a journal system tells it. */
export type StayFact = Payload<typeof stay>;
