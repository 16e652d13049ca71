import type { StayFact, StayFactKind } from '../../src/messaging/contracts/facts.js';
import { orNearest } from '../common/stockholm-time.js';
import { writePath } from './hl7/field-path.js';
import type { Hl7Message } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';
import { readPerson } from './read-person.js';
import {
  missing,
  readExpected,
  readOccurredAt,
  readSending,
  readSequence,
  readTime,
  requireOneValue,
  requireSegments,
  type FoundTime,
} from './read-values.js';
import type { Origins, Translation } from './translation.js';

/**
 * Admission, transfer, change, discharge and what of it is cancelled. A ward that is not in the table is left out: the stay is a
 * fact all the same. What is not about a stay in hospital tells nothing: a patient class that the mapping names, unless the visit was
 * told as a stay, and a change (A08) without a visit, which is about the patient's particulars.
 *
 * Of a told visit a message of another class tells what it says. An admission or a change says but that the visit is other care: where
 * it places an outpatient is no ward that she lies at (decision 116).
 * @throws MessageRefused
 */
export function translateStay(
  message: Hl7Message,
  kind: StayFactKind,
  fields: FieldMapping,
  sender: string,
  visitTold: boolean,
): Translation {
  requireSegments(message, ['PID']);
  requireOneValue(message, fields);
  const otherCare = isOtherCare(message, fields);
  if ((otherCare && !visitTold) || (kind === 'changed' && !message.get(fields.visit)))
    return { kind: 'nothing', reason: 'not a hospital stay' };
  requireSegments(message, ['PV1']);
  const visit = message.get(fields.visit);
  if (!visit) throw missing([fields.visit]);
  const classAlone = otherCare && (kind === 'admitted' || kind === 'changed');
  const times = classAlone ? readOccurrence(message, fields) : readTimes(message, fields, kind);
  const { person, from: personFrom } = readPerson(message, fields, times.values.occurredAt);
  const { ward, unknownWard, from: wardFrom } = classAlone ? nowhere : readWard(message, fields);
  const sequence = readSequence(message);
  const fact: StayFact = {
    kind: classAlone ? 'changed' : kind,
    person,
    visit,
    ...(ward !== undefined && { ward }),
    ...times.values,
    ...(sequence !== undefined && { sequence }),
    sender,
    messageId: message.raw('MSH', 10),
  };
  const from: Origins = {
    kind: 'MSH-9.2',
    person: personFrom,
    visit: writePath(fields.visit),
    ...(ward !== undefined && { ward: wardFrom }),
    ...times.from,
    ...(sequence !== undefined && { sequence: 'MSH-13' }),
  };
  const sending = readSending(message, times.occurredAt);
  const unknown = unknownWard === undefined ? {} : { wardUnknown: true as const };
  return {
    kind: 'stay',
    fact,
    from,
    sending: { ...sending, ...unknown, ...(otherCare && { otherCare: true as const }) },
    ...(unknownWard !== undefined && { unknownWard }),
  };
}

/** The visit of a message of another patient class, which tells of it if it was told as a stay; undefined for any other message. */
export function visitOfOtherCare(message: Hl7Message, fields: FieldMapping): string | undefined {
  const visit = message.get(fields.visit);
  return visit && isOtherCare(message, fields) ? visit : undefined;
}

function isOtherCare(message: Hl7Message, { patientClass }: FieldMapping): boolean {
  const given = message.get(patientClass.field);
  return !!given && patientClass.notStays.includes(given);
}

type Place = { readonly ward?: string; readonly unknownWard?: string; readonly from: string };

const nowhere: Place = { from: '' };

function readWard(message: Hl7Message, { ward }: FieldMapping): Place {
  const key = ward.paths.map((path) => message.get(path) ?? '').join('|');
  const from = `${ward.paths.map(writePath).join(' and ')}, by ward.table`;
  const mapped = ward.table.get(key);
  if (mapped !== undefined) return { ward: mapped, from };
  return key.replaceAll('|', '') === '' ? { from } : { unknownWard: key, from };
}

type Times = Pick<
  StayFact,
  | 'occurredAt'
  | 'admittedAt'
  | 'dischargedAt'
  | 'expectedDischarge'
  | 'expectedDischargeRemoved'
  | 'ambiguousTime'
>;

type TimesRead = { readonly values: Times; readonly from: Origins; readonly occurredAt: FoundTime };

function readOccurrence(message: Hl7Message, fields: FieldMapping): TimesRead {
  const occurredAt = readOccurredAt(message, fields);
  return {
    occurredAt,
    values: {
      occurredAt: occurredAt.instant,
      ...(occurredAt.ambiguous && { ambiguousTime: true as const }),
    },
    from: { occurredAt: occurredAt.from },
  };
}

/** What each kind of fact tells of times; a discharge that is cancelled has none, whatever the journal still holds in its field. */
function readTimes(message: Hl7Message, fields: FieldMapping, kind: StayFactKind): TimesRead {
  const { times } = fields;
  const occurredAt = readOccurredAt(message, fields);
  // Where it is read, one outside the years 1 to 9999 is refused as out of bounds; a discharge is not held for it.
  const admittedAt = readTime(
    message,
    [...times.admittedAt, ...(kind === 'admitted' ? times.event : [])],
    fields,
    orNearest,
  );
  const dischargedAt =
    kind === 'discharged' ? readTime(message, [...times.dischargedAt, ...times.event], fields) : undefined;
  const expected = goesOn.has(kind) ? readExpected(message, times.expectedDischarge, fields) : undefined;
  // In an admission the explicit nothing takes nothing away.
  const removed = expected === null && kind !== 'admitted';
  const found: Readonly<Record<string, FoundTime>> = {
    occurredAt,
    ...(admittedAt && { admittedAt }),
    ...(dischargedAt && { dischargedAt }),
    ...(expected && { expectedDischarge: expected }),
  };
  return {
    occurredAt,
    values: {
      occurredAt: occurredAt.instant,
      ...(admittedAt && { admittedAt: admittedAt.instant }),
      ...(dischargedAt && { dischargedAt: dischargedAt.instant }),
      ...(expected && { expectedDischarge: expected.instant }),
      ...(removed && { expectedDischargeRemoved: true }),
      ...(Object.values(found).some((each) => each.ambiguous) && { ambiguousTime: true }),
    },
    from: {
      ...Object.fromEntries(Object.entries(found).map(([name, { from }]) => [name, from])),
      ...(removed && { expectedDischargeRemoved: `${times.expectedDischarge.map(writePath).join(', ')} ""` }),
    },
  };
}

/** The kinds after which the patient is in hospital, so that a discharge can be expected. */
const goesOn: ReadonlySet<StayFactKind> = new Set([
  'admitted',
  'transferred',
  'changed',
  'discharge-cancelled',
]);
