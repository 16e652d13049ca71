import { WrongCharacterSet } from '../../src/wire/character-set.js';
import { fitsRule, type ClientCertificate } from './client-certificate.js';
import { MessageRefused, type AnsweredHeader } from './hl7/acknowledgement.js';
import { originalMode, readMode, type AcknowledgementMode } from './hl7/acknowledgement-mode.js';
import { characterSet, type CharacterSet } from './hl7/character-set.js';
import { Hl7Message } from './hl7/hl7-message.js';
import { isUtf8Bom } from './hl7/lines.js';
import type { Mapping, Sender } from './mapping.js';
import { isTranslated, translatedEvents } from './trigger-events.js';

/** A message's header, checked for what can be said without looking further. */
export type Header = {
  readonly answered: AnsweredHeader;
  readonly application: string;
  readonly facility: string;
  /** The sender in the mapping file, where it lists them. */
  readonly sender: Sender | undefined;
  readonly type: string;
  readonly event: string;
  readonly version: string;
  readonly processing: string;
  /** Undefined: MSH-15 or MSH-16 holds what no table knows; it is answered in original mode. */
  readonly mode: AcknowledgementMode | undefined;
};

/**
 * Reads the header off the first segment, in Latin 1 because the message's own set is not known yet.
 * @throws NotHl7
 */
export function readHeader(bytes: Buffer, mapping: Mapping): Header {
  const line = firstLine(bytes);
  const message = Hl7Message.parse(line, (each) => each.toString('latin1'));
  const raw = (field: number): string => message.raw('MSH', field);
  const text = (field: number, component = 1): string =>
    message.get({ segment: 'MSH', field, component, subcomponent: 1 }) ?? '';
  const [application, facility] = [text(3), text(4)];
  const mode = readMode(text(15), text(16));
  return {
    answered: {
      separators: message.separators,
      sendingApplication: raw(3),
      sendingFacility: raw(4),
      receivingApplication: raw(5),
      receivingFacility: raw(6),
      event: text(9, 2),
      controlId: raw(10),
      processingId: raw(11),
      version: isSupported(text(12)) ? text(12) : '2.5',
      characterSet: raw(18).split(message.separators.repetition, 1)[0] ?? '',
      mode: mode ?? originalMode,
    },
    application,
    facility,
    sender: senderOf(mapping, application, facility),
    type: text(9),
    event: text(9, 2),
    version: text(12),
    processing: text(11),
    mode,
  };
}

/**
 * Refuses what is not meant for this listener as a whole: sender, type, event, processing id, version.
 * @param certificate of the connection, when it showed one
 */
export function checkHeader(header: Header, mapping: Mapping, certificate?: ClientCertificate): void {
  if (mapping.senders !== 'any' && !header.sender)
    throw new MessageRefused('AR', 103, 'this sender is not configured here', 'MSH-3');
  if (!mayBe(header.sender, mapping, certificate))
    throw new MessageRefused('AR', 103, 'the connection may not speak for this sender', 'MSH-3');
  if (header.type !== 'ADT') throw new MessageRefused('AR', 200, 'only ADT is taken', 'MSH-9');
  if (!isTranslated(header.event))
    throw new MessageRefused('AR', 201, `only ${translatedEvents.join(' ')} are taken`, 'MSH-9');
  if (!isSupported(header.version))
    throw new MessageRefused('AR', 203, 'only 2.3 to 2.8 are taken', 'MSH-12');
  if (header.processing !== '' && !mapping.processing.some((each) => each === header.processing))
    throw new MessageRefused('AR', 202, 'this processing id is not taken here', 'MSH-11');
  if (!header.mode) throw new MessageRefused('AE', 103, 'not AL, NE, ER or SU', 'MSH-15');
  const { controlId } = header.answered;
  if (controlId === '' || controlId.length > 199)
    throw new MessageRefused('AE', 101, 'one to 199 characters are required', 'MSH-10');
}

/**
 * The set a message is to be read in: what it declares, else what is configured for its sender, else for all.
 * @throws MessageRefused when it is not one this connector reads.
 */
export function setOf(header: Header, mapping: Mapping): CharacterSet {
  const declared = header.answered.characterSet.trim();
  const name = header.sender?.characterSet ?? (declared === '' ? mapping.characterSet : declared);
  const set = characterSet(name);
  if (!set) throw new MessageRefused('AE', 103, 'not a character set that is read here', 'MSH-18');
  return set;
}

/** The text of a message. @throws MessageRefused when the bytes are not in the set they should be in. */
export function decode(bytes: Buffer, set: CharacterSet): string {
  try {
    return set.decode(bytes);
  } catch (error) {
    if (error instanceof WrongCharacterSet)
      throw new MessageRefused('AE', 102, `the bytes are not ${set.name}`, 'MSH-18');
    throw error;
  }
}

/** Up to the first line end, CR or LF, that ends anything. */
function firstLine(bytes: Buffer): string {
  const start = isUtf8Bom(bytes) ? 3 : 0;
  const from = bytes.subarray(start).findIndex((byte) => byte !== 0x0d && byte !== 0x0a);
  if (from === -1) return '';
  const line = bytes.subarray(start + from);
  const ends = [line.indexOf(0x0d), line.indexOf(0x0a)].filter((each) => each !== -1);
  return line.toString('latin1', 0, Math.min(line.length, ...ends));
}

/** The header was read as Latin 1; a sender whose name is not ASCII may write it in UTF-8. */
function senderOf(mapping: Mapping, application: string, facility: string): Sender | undefined {
  if (mapping.senders === 'any') return undefined;
  const isIt = (wanted: string, sent: string): boolean =>
    wanted === sent || wanted === Buffer.from(sent, 'latin1').toString('utf8');
  return mapping.senders.find((each) => isIt(each.application, application) && isIt(each.facility, facility));
}

/**
 * A sender with certificates speaks only on a connection that showed one of them; and a certificate that belongs to a sender
 * speaks for nobody else.
 */
function mayBe(sender: Sender | undefined, { senders }: Mapping, shown?: ClientCertificate): boolean {
  if (senders === 'any') return true;
  const has = ({ certificates = [] }: Sender): boolean =>
    shown !== undefined && certificates.some((rule) => fitsRule(shown, rule));
  return sender?.certificates ? has(sender) : !senders.some(has);
}

/** HL7 v2.3, 2.3.1, 2.4 … 2.8.2. */
function isSupported(version: string): boolean {
  return /^2\.[3-8](?:\.[1-9])?$/.test(version);
}
