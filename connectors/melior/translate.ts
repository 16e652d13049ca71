import type { PersonIdentifier, StayFact } from '../../src/messaging/contracts/facts.js';
import { identifyPerson } from '../frame/identify-person.js';
import { readHl7Time, UnreadableTime, type SourceTime } from '../frame/stockholm-time.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { writePath, type FieldPath } from './hl7/field-path.js';
import type { Hl7Message, Repetition } from './hl7/hl7-message.js';
import type { Mapping } from './mapping.js';

/** A message as the fact it tells. `unknownWard`: what it named as ward and the table does not hold. */
export type Translation = { readonly fact: StayFact; readonly unknownWard?: string };

const kinds: Readonly<Record<string, StayFact['kind']>> = {
  A01: 'admitted',
  A02: 'transferred',
  A03: 'discharged',
};

/** True for the events this connector translates. */
export function isTranslated(event: string): boolean {
  return Object.hasOwn(kinds, event);
}

/**
 * From message to fact, by the mapping file. Names and addresses in the message are not looked at (PAT-2). Any identity is
 * passed on, also one that is malformed or a reserve number (PAT-3, PAT-4): the answer must not depend on who the person is.
 * A ward that is not in the table is left out: the stay is a fact all the same.
 * @throws MessageRefused when something required is missing or a time cannot be read.
 */
export function translate(message: Hl7Message, event: string, mapping: Mapping, sender: string): Translation {
  const kind = kinds[event];
  if (!kind) throw new MessageRefused('AR', 201, 'not translated', 'MSH-9');
  for (const segment of ['PID', 'PV1'])
    if (!message.has(segment)) throw new MessageRefused('AE', 100, `the segment ${segment} is missing`);
  const times = readTimes(message, mapping, kind);
  const { ward, unknownWard } = readWard(message, mapping);
  const sequence = message.get({ segment: 'MSH', field: 13, component: 1, subcomponent: 1 });
  const fact: StayFact = {
    kind,
    person: readPerson(message, mapping),
    visit: required(message, [mapping.visit]),
    ...(ward !== undefined && { ward }),
    ...times,
    ...(sequence && /^\d{1,15}$/.test(sequence) && { sequence: Number(sequence) }),
    sender,
    messageId: message.raw('MSH', 10),
  };
  return { fact, ...(unknownWard !== undefined && { unknownWard }) };
}

/** The identity by the first rule of the mapping that any repetition fits. */
function readPerson(message: Hl7Message, { person }: Mapping): PersonIdentifier {
  const { segment, field, component } = person.field;
  const repetitions = message.repetitions(segment, field);
  for (const rule of person.identifiers) {
    const found = repetitions.find((each) => fits(each, rule) && each.get(component));
    const value = found?.get(component);
    if (value) return identifyPerson(value, person.reserve);
  }
  throw new MessageRefused('AE', 101, 'no identity that the mapping accepts', writePath(person.field));
}

/** CX: component 4 the assigning authority (any of its subcomponents), component 5 the identifier type code. */
function fits(each: Repetition, rule: Mapping['person']['identifiers'][number]): boolean {
  const authority = [1, 2, 3].map((part) => each.get(4, part));
  return (
    (rule.type === undefined || each.get(5) === rule.type) &&
    (rule.authority === undefined || authority.includes(rule.authority))
  );
}

function readWard(message: Hl7Message, { ward }: Mapping): { ward?: string; unknownWard?: string } {
  const key = ward.paths.map((path) => message.get(path) ?? '').join('|');
  const mapped = ward.table.get(key);
  if (mapped !== undefined) return { ward: mapped };
  return key.replaceAll('|', '') === '' ? {} : { unknownWard: key };
}

type Times = Pick<
  StayFact,
  'occurredAt' | 'admittedAt' | 'dischargedAt' | 'expectedDischarge' | 'ambiguousTime'
>;

function readTimes(message: Hl7Message, { times }: Mapping, kind: StayFact['kind']): Times {
  const event = (): readonly FieldPath[] => times.event;
  const occurredAt = readTime(message, times.occurredAt);
  if (!occurredAt) throw missing(times.occurredAt);
  const admittedAt = readTime(message, [...times.admittedAt, ...(kind === 'admitted' ? event() : [])]);
  const dischargedAt =
    kind === 'discharged' ? readTime(message, [...times.dischargedAt, ...event()]) : undefined;
  const expectedDischarge = kind === 'discharged' ? undefined : readTime(message, times.expectedDischarge);
  const ambiguous = [occurredAt, admittedAt, dischargedAt, expectedDischarge].some((each) => each?.ambiguous);
  return {
    occurredAt: occurredAt.instant,
    ...(admittedAt && { admittedAt: admittedAt.instant }),
    ...(dischargedAt && { dischargedAt: dischargedAt.instant }),
    ...(expectedDischarge && { expectedDischarge: expectedDischarge.instant }),
    ...(ambiguous && { ambiguousTime: true }),
  };
}

function readTime(message: Hl7Message, paths: readonly FieldPath[]): SourceTime | undefined {
  for (const path of paths) {
    const text = message.get(path);
    if (!text) continue;
    try {
      return readHl7Time(text);
    } catch (error) {
      if (error instanceof UnreadableTime)
        throw new MessageRefused('AE', 102, error.message, writePath(path));
      throw error;
    }
  }
  return undefined;
}

function required(message: Hl7Message, paths: readonly FieldPath[]): string {
  const value = paths.map((path) => message.get(path)).find((each) => each);
  if (!value) throw missing(paths);
  return value;
}

function missing(paths: readonly FieldPath[]): MessageRefused {
  const [first] = paths;
  return new MessageRefused('AE', 101, 'required', first && writePath(first));
}
