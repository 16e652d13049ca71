import { defaultTimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import type { IdentityFact, PersonIdentifier, StayFact } from '../../src/messaging/contracts/facts.js';
import { forLog } from '../common/log-text.js';
import { checkHeader, readHeader, type Header } from './header.js';
import { conditionText } from './hl7/acknowledgement.js';
import { splitFrame } from './hl7/batch.js';
import type { Mapping } from './mapping.js';
import { MllpFramer } from './mllp/framer.js';
import { passedOver, passedOverIn } from './passed-over.js';
import { asRefusal, interpret, openMessage } from './read-message.js';
import type { Origins } from './translation.js';

/** What a message would be answered and become. Nothing in it names a person: numbers are masked. */
export type DryRun = {
  /** Of the header: event, sender, control id, version; what cannot be read is left out. */
  readonly message: string;
  readonly answer: 'AA' | 'AE' | 'AR';
  /** Why it would be refused, or why nothing would be stored. */
  readonly why?: string;
  readonly topic?: string;
  /** Each value of the fact, masked, with the field and the rule it came from. */
  readonly values: readonly { readonly name: string; readonly value: string; readonly from: string }[];
  readonly warnings: readonly string[];
};

/** A dry run keeps nothing, so any key does. */
const personKeys = { keyId: 'dry-run', secret: 'no fact is made with this key, only looked at' };
/** A file may hold more than a frame. */
const largest = 64 * 1024 * 1024;

/**
 * What the messages of a file would become, by the same steps as when they are received: MLLP frames, a batch, or messages one after
 * the other, each beginning with MSH. Nothing is stored; whether a control id came before is not known.
 * @param now the moment at which they are taken to come
 */
export function dryRun(bytes: Buffer, mapping: Mapping, now: Date): readonly DryRun[] {
  return framesOf(bytes).flatMap((frame) => {
    const content = splitFrame(frame);
    if (content.kind === 'message') return [one(frame, mapping, now)];
    const { fault, batches } = content;
    if (!fault)
      return batches.flatMap(({ messages }) => messages.map((message) => one(message, mapping, now)));
    const why = `the batch as a whole: ${fault.location}: ${fault.text}`;
    return [{ message: 'batch', answer: 'AR', why, values: [], warnings: [] }];
  });
}

function framesOf(bytes: Buffer): readonly Buffer[] {
  if (!bytes.includes(0x0b)) return [bytes];
  const framer = new MllpFramer(largest);
  return [...framer.push(bytes), ...framer.settle()].map((frame) =>
    frame.kind === 'message' ? frame.bytes : frame.start,
  );
}

function one(bytes: Buffer, mapping: Mapping, now: Date): DryRun {
  let header: Header | undefined;
  try {
    header = readHeader(bytes, mapping);
    checkHeader(
      { ...header, ...(header.sender && { sender: withoutCertificates(header.sender) }) },
      {
        ...mapping,
        senders: mapping.senders === 'any' ? 'any' : mapping.senders.map(withoutCertificates),
      },
    );
    const opened = openMessage(bytes, header, mapping);
    const meaning = interpret(opened, header, mapping, personKeys, false, {
      at: now,
      timeBounds: defaultTimeBounds,
    });
    const message = `${about(header)}, read as ${opened.characterSet}`;
    if (meaning.kind === 'nothing')
      return { message, answer: 'AA', why: `nothing stored: ${meaning.reason}`, values: [], warnings: [] };
    const { translation, topic, leftOut } = meaning;
    const unknown = translation.kind === 'stay' ? translation.unknownWard : undefined;
    return {
      message,
      answer: 'AA',
      topic,
      values: valuesOf(translation.fact, translation.from),
      warnings: [
        ...(unknown === undefined
          ? []
          : [`the ward "${readable(unknown)}" is not in ward.table; the fact goes without it`]),
        ...(leftOut === undefined ? [] : [leftOut]),
        ...passedOverIn(opened.message, header.event).map((field) => `${field} ${passedOver[field]}`),
        ...(translation.kind === 'stay' && translation.fact.ambiguousTime
          ? ['a time falls in the doubled hour; the first is taken']
          : []),
        ...(isNumber(translation.fact.person)
          ? []
          : ['the identity is no personal number; nobody can be looked up by it']),
      ],
    };
  } catch (error) {
    const refused = asRefusal(error);
    if (!refused) throw error;
    const why = `${refused.condition} ${conditionText(refused.condition)}; ${refused.message}`;
    return {
      message: header ? about(header) : 'no header',
      answer: refused.answer,
      why,
      values: [],
      warnings: [],
    };
  }
}

/** Whether a connection may speak for a sender cannot be told from a file. */
function withoutCertificates<S extends { readonly certificates?: unknown }>(
  sender: S,
): Omit<S, 'certificates'> {
  const { certificates: _certificates, ...rest } = sender;
  return rest;
}

function about({ type, event, application, facility, answered, version }: Header): string {
  const names = [`${type}^${event}`, `${application}/${facility}`, answered.controlId].map(readable);
  return `${names.join(' ')}, HL7 ${forLog(version)}`;
}

function valuesOf(fact: StayFact | IdentityFact, from: Origins): DryRun['values'] {
  return Object.entries(from).map(([name, origin]) => {
    const value: unknown = Object.entries(fact).find(([each]) => each === name)?.[1];
    return { name, value: shown(value), from: origin };
  });
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (isPerson(value)) return `${value.type} ${masked(value)}`;
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? value : readable(value);
  return String(value);
}

/** As for a log line, but with the letters the engineer has to compare. */
function readable(value: string): string {
  const plain = forLog(value);
  return plain === '[withheld]' ? plain : value.replaceAll(/\p{C}/gu, '?').slice(0, 80);
}

/** Of a personal number the year, of anything else its length: enough to see that the right field was read. */
function masked(person: PersonIdentifier): string {
  const kept = isNumber(person) ? person.value.slice(0, 4) : '';
  return kept + '*'.repeat(person.value.length - kept.length);
}

function isNumber({ type }: PersonIdentifier): boolean {
  return type === 'personnummer' || type === 'samordningsnummer';
}

function isPerson(value: unknown): value is PersonIdentifier {
  return typeof value === 'object' && value !== null && 'type' in value && 'value' in value;
}
