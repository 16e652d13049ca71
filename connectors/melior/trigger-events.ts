import type { StayFactKind } from '../../src/messaging/contracts/facts.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import type { Hl7Message } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';
import { translateIdentity } from './translate-identity.js';
import type { Translation } from './translation.js';
import { translateStay } from './translate-stay.js';

const stayKinds: Readonly<Record<string, StayFactKind>> = {
  A01: 'admitted',
  A02: 'transferred',
  A03: 'discharged',
  A08: 'changed',
  A11: 'admission-cancelled',
  // A transfer that is cancelled: PV1-3 is where the patient was before it and is again (HL7 v2.5, chapter 3.3.12).
  A12: 'transferred',
  A13: 'discharge-cancelled',
};
const merge = 'A40';
/** The segments that are looked at; the mapping file may name others, which may be cut. */
const readSegments = ['MSH', 'EVN', 'PID', 'PV1', 'PV2', 'MRG'] as const;

/** The events this connector translates. */
export const translatedEvents: readonly string[] = [...Object.keys(stayKinds), merge];

/** True for the events this connector translates. */
export function isTranslated(event: string): boolean {
  return translatedEvents.includes(event);
}

/**
 * From message to fact, by the mapping file. Names and addresses in the message are not looked at (PAT-2).
 * @param visitTold whether its visit was told as a stay before
 * @throws MessageRefused when something required is missing or a value cannot be read.
 */
export function translate(
  message: Hl7Message,
  event: string,
  fields: FieldMapping,
  sender: string,
  visitTold: boolean,
): Translation {
  const lost = message.lostLine(readSegments);
  if (lost !== undefined)
    throw new MessageRefused(
      'AE',
      100,
      'a line after this segment is no segment; a part would be lost',
      lost,
    );
  for (const segment of readSegments.slice(1))
    if (message.count(segment) > 1)
      throw new MessageRefused('AE', 100, 'comes more than once, which one is meant is not clear', segment);
  const evn1 = eventOfSegment(message);
  if (meaningOf(evn1) !== undefined && meaningOf(evn1) !== meaningOf(event))
    throw new MessageRefused(
      'AE',
      102,
      'names another event than MSH-9, which of them happened is not clear',
      'EVN-1',
    );
  if (event === merge) return translateIdentity(message, fields, sender);
  const kind = stayKinds[event];
  if (!kind) throw new MessageRefused('AR', 201, 'not translated', 'MSH-9');
  return translateStay(message, kind, fields, sender, visitTold);
}

/**
 * EVN-1, which HL7 keeps for older receivers alone: MSH-9 says the event (v2.5, chapter 3.4.1). Engines between the systems change the one and
 * not the other, so another event there is passed over, unless both are translated here and mean different things.
 */
export function eventOfSegment(message: Hl7Message): string {
  return message.get({ segment: 'EVN', field: 1, component: 1, subcomponent: 1 }) ?? '';
}

function meaningOf(event: string): StayFactKind | typeof merge | undefined {
  return event === merge ? merge : Object.hasOwn(stayKinds, event) ? stayKinds[event] : undefined;
}
