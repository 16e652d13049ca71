import type { Sending } from '../../src/messaging/contracts/sending.js';
import {
  orNearest,
  readHl7Time,
  stockholmStamp,
  UnreadableTime,
  type SourceTime,
} from '../common/stockholm-time.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { writePath, type FieldPath } from './hl7/field-path.js';
import type { Hl7Message } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';

/** A time and the field it stood in. */
export type FoundTime = SourceTime & { readonly from: string; readonly precision?: Precision };

/** How exactly a time is written, where that is no more than a second. */
type Precision = NonNullable<Sending['precision']>;

const precisions: Readonly<Record<number, Precision>> = { 8: 'day', 10: 'hour', 12: 'minute', 14: 'second' };

/** @throws MessageRefused naming the first that is missing. */
export function requireSegments(message: Hl7Message, segments: readonly string[]): void {
  for (const segment of segments)
    if (!message.has(segment)) throw new MessageRefused('AE', 100, `the segment ${segment} is missing`);
}

/**
 * Refuses a message that says two things where one is read: to take the first would be a guess about which stay, ward or time is meant.
 * @throws MessageRefused naming the first field whose repetitions differ.
 */
export function requireOneValue(message: Hl7Message, fields: FieldMapping): void {
  const { ward, visit, patientClass, times } = fields;
  const { occurredAt, event, admittedAt, dischargedAt, expectedDischarge } = times;
  const read = [ward.paths, visit, patientClass.field, occurredAt, event, admittedAt, dischargedAt].flat();
  for (const path of [...read, ...expectedDischarge]) {
    const { segment, field, component, subcomponent } = path;
    if (!message.raw(segment, field).includes(message.separators.repetition)) continue;
    const values = message
      .repetitions(segment, field)
      .map((each) => each.get(component, subcomponent))
      .filter((value) => value !== undefined);
    if (new Set(values).size > 1) {
      const why = 'two values that differ are given, which one is meant is not clear';
      throw new MessageRefused('AE', 102, why, writePath(path));
    }
  }
}

/** What orders the facts of a source. @throws MessageRefused when no field holds it. */
export function readOccurredAt(message: Hl7Message, fields: FieldMapping): FoundTime {
  const { occurredAt } = fields.times;
  const time = readTime(message, occurredAt, fields);
  if (!time) throw missing(occurredAt);
  return time;
}

/** How the message was sent, as far as it says: when (MSH-7, where that is a time), and how exactly it tells when it happened. */
export function readSending(
  message: Hl7Message,
  { precision }: FoundTime,
): Pick<Sending, 'sentAt' | 'precision'> {
  return { ...sentAt(message), ...(precision !== undefined && { precision }) };
}

/** A time that cannot be read says nothing here; where it is needed for a value it is refused. */
function sentAt(message: Hl7Message): Pick<Sending, 'sentAt'> {
  try {
    return { sentAt: readHl7Time(message.get(sentPath) ?? '').instant };
  } catch (error) {
    if (error instanceof UnreadableTime) return {};
    throw error;
  }
}

/** The source's own sequence number (MSH-13), when it is one. */
export function readSequence(message: Hl7Message): number | undefined {
  const sequence = message.get(sequencePath);
  return sequence && /^\d{1,15}$/.test(sequence) ? Number(sequence) : undefined;
}

/** Whether MSH-13 holds something else than a number: HL7 makes it one (NM), and what it means otherwise nobody can tell. */
export function hasOtherSequence(message: Hl7Message): boolean {
  return !!message.get(sequencePath) && readSequence(message) === undefined;
}

const sequencePath: FieldPath = { segment: 'MSH', field: 13, component: 1, subcomponent: 1 };

/**
 * An expected time in the first field that holds one, outside the years 1 to 9999 the nearest; `null` when none does and one says
 * explicitly that there is none (`""`).
 * @throws MessageRefused when it cannot be read.
 */
export function readExpected(
  message: Hl7Message,
  paths: readonly FieldPath[],
  fields: FieldMapping,
): FoundTime | null | undefined {
  return (
    readTime(message, paths, fields, orNearest) ??
    (paths.some((path) => message.get(path) === null) ? null : undefined)
  );
}

/**
 * The time in the first field that holds one. Without a zone of its own it has that of MSH-7, where that has one: HL7 makes it the
 * message's (v2.5, chapter 2.14.9.7).
 * @param as what becomes of a time that cannot be read
 * @throws MessageRefused when it cannot be read.
 */
export function readTime(
  message: Hl7Message,
  paths: readonly FieldPath[],
  fields: FieldMapping,
  as: (read: () => SourceTime) => SourceTime = (read) => read(),
): FoundTime | undefined {
  for (const path of paths) {
    const text = message.get(path);
    if (!text) continue;
    const zone = /[+-]\d{4}$/.test(text) ? undefined : zoneOf(message, fields);
    const precision = precisions[/^[\d.]*/.exec(text)?.[0].length ?? 0];
    return {
      ...timeAt(path, () => as(() => readHl7Time(text, zone))),
      from: writePath(path),
      ...(precision !== undefined && { precision }),
    };
  }
  return undefined;
}

/**
 * The zone of MSH-7. Of a sender whose times are configured as Stockholm's, one that is not Stockholm's at that moment is refused: which of
 * the two is meant is not for us to guess.
 */
function zoneOf(message: Hl7Message, { times }: FieldMapping): string | undefined {
  const sent = message.get(sentPath) ?? '';
  const zone = /[+-]\d{4}$/.exec(sent)?.[0];
  if (times.zone === undefined) {
    // `Z`, `+01` or a name says a zone that HL7 does not know: passing it over would be a guess.
    if (/^\d{4}/.test(sent) && !/^[\d.]+(?:[+-]\d{4})?$/.test(sent))
      timeAt(sentPath, () => readHl7Time(sent));
    return zone;
  }
  if (zone === undefined) return zone;
  const { instant } = timeAt(sentPath, () => readHl7Time(sent));
  const local = /^\d+/.exec(sent)?.[0] ?? '';
  if (!stockholmStamp(new Date(instant)).startsWith(local.slice(0, 14)))
    throw new MessageRefused('AE', 102, `the zone is not that of ${times.zone}, as configured`, 'MSH-7');
  return undefined;
}

const sentPath: FieldPath = { segment: 'MSH', field: 7, component: 1, subcomponent: 1 };

function timeAt(path: FieldPath, read: () => SourceTime): SourceTime {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableTime) throw new MessageRefused('AE', 102, error.message, writePath(path));
    throw error;
  }
}

/** What to refuse with when none of these fields holds anything. */
export function missing(paths: readonly FieldPath[]): MessageRefused {
  const [first] = paths;
  return new MessageRefused('AE', 101, 'required', first && writePath(first));
}
