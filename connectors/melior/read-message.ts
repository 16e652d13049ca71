import {
  InvalidEvent,
  personFactMessage,
  type EventMessage,
} from '../../src/messaging/contracts/build-event.js';
import { factTopics, type PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { windowAt } from '../../src/messaging/contracts/time-bounds.js';
import type { TimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import { keptId } from '../common/kept-id.js';
import { contentHash } from '../common/content-hash.js';
import { sourceUrn } from '../common/source-urn.js';
import { expectedLeftOut, refuseAhead, refuseOutOfBounds } from './clock-ahead.js';
import { decode, setOf, type Header } from './header.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { Hl7Message } from './hl7/hl7-message.js';
import { NotHl7 } from './hl7/separators.js';
import type { Mapping } from './mapping.js';
import { identitiesIn } from './read-person.js';
import { visitOfOtherCare } from './translate-stay.js';
import { translate } from './trigger-events.js';
import type { NothingReason, Translation } from './translation.js';

/** A message in its character set, with who sent it and what makes it itself. */
export type OpenedMessage = {
  readonly message: Hl7Message;
  readonly characterSet: string;
  /** The sender as a URN and as the facts name it. */
  readonly source: string;
  readonly name: string;
  readonly controlId: string;
  readonly hash: string;
};

/** What a message means: a fact, ready to be appended to its topic, or nothing that is followed here. */
export type Meaning =
  | {
      readonly kind: 'fact';
      readonly topic: string;
      readonly event: EventMessage;
      readonly translation: Exclude<Translation, { readonly kind: 'nothing' }>;
      /** What is said of a value that the hub will take the fact without. */
      readonly leftOut?: string;
    }
  | { readonly kind: 'nothing'; readonly reason: NothingReason };

/** When a message came, and how far from then its times may lie. */
export type Received = { readonly at: Date; readonly timeBounds: TimeBounds };

/** Reads the bytes of a message whose header was checked. @throws MessageRefused, NotHl7 */
export function openMessage(bytes: Buffer, header: Header, mapping: Mapping): OpenedMessage {
  if (bytes.includes(0)) throw new MessageRefused('AE', 102, 'the message holds a zero byte');
  const set = setOf(header, mapping);
  const text = decode(bytes, set);
  const message = Hl7Message.parse(text, (each) => decode(each, set));
  refuseChangeOfSet(message, text);
  const part = (field: number): string =>
    message.get({ segment: 'MSH', field, component: 1, subcomponent: 1 }) ?? '';
  const [application, facility] = [part(3), part(4)];
  return {
    message,
    characterSet: set.name,
    source: sourceUrn('melior', application, facility),
    name: facility === '' ? application : `${application}/${facility}`,
    controlId: message.raw('MSH', 10),
    hash: contentHash(message.content()),
  };
}

/** A message whose MSH-18 names several sets may switch between them inside a value: reading on would garble what follows. */
function refuseChangeOfSet(message: Hl7Message, text: string): void {
  const { escape } = message.separators;
  if (escape === undefined || message.repetitions('MSH', 18).length < 2) return;
  const codes = text.split(escape).filter((each) => /^(?:C[0-9A-F]{4}|M[0-9A-F]{4,6})$/i.test(each));
  if (codes.length > 0)
    throw new MessageRefused('AE', 102, 'a change of character set inside a value is not read', 'MSH-18');
}

/** The visit of a message of another patient class; undefined where its class is that of a stay, or it names none. */
export function visitInOtherCare(
  { message }: OpenedMessage,
  header: Header,
  mapping: Mapping,
): string | undefined {
  return visitOfOtherCare(message, header.sender?.fields ?? mapping.fields);
}

/**
 * @param visitTold whether its visit was told as a stay before: then it counts whatever its patient class
 * @param now when it came; left out: it was taken once, and how far away its times lay was judged then
 * @throws MessageRefused, InvalidEvent
 */
export function interpret(
  { message, source, name, controlId, hash }: OpenedMessage,
  header: Header,
  mapping: Mapping,
  personKeys: PersonKeySecret,
  visitTold: boolean,
  now?: Received,
): Meaning {
  const fields = header.sender?.fields ?? mapping.fields;
  const translation = translate(message, header.event, fields, name, visitTold);
  if (translation.kind === 'nothing') return translation;
  let leftOut: string | undefined;
  if (now !== undefined) {
    const window = windowAt(now.timeBounds, now.at);
    refuseAhead(translation, fields, now.at);
    refuseOutOfBounds(translation, window);
    leftOut = expectedLeftOut(translation, window);
  }
  const options = { source, id: [controlId, hash], time: translation.fact.occurredAt };
  const messageId = keptId(translation.fact.messageId, personKeys);
  const [topic, event] =
    translation.kind === 'stay'
      ? ([
          factTopics.stay,
          personFactMessage(personKeys, factTopics.stay, {
            ...options,
            data: { ...translation.fact, messageId },
          }),
        ] as const)
      : ([
          factTopics.identity,
          personFactMessage(personKeys, factTopics.identity, {
            ...options,
            data: { ...translation.fact, messageId },
          }),
        ] as const);
  if (event.value.includes('\\u0000')) throw new MessageRefused('AE', 102, 'an escaped zero byte');
  return { kind: 'fact', topic, event, translation, ...(leftOut !== undefined && { leftOut }) };
}

/** Whom a message is about, as far as that can be read: for one that is refused it may be nobody. */
export function personsIn(bytes: Buffer, header: Header, mapping: Mapping): readonly PersonIdentifier[] {
  try {
    const { message } = openMessage(bytes, header, mapping);
    const fields = header.sender?.fields ?? mapping.fields;
    // All that stand there, whichever would have been chosen: what is kept of a refused message must be found by each of them.
    return [fields.person.field, fields.person.replaced].flatMap((path) =>
      identitiesIn(message, fields, path),
    );
  } catch (error) {
    if (asRefusal(error)) return [];
    throw error;
  }
}

/** What an error says about the message; undefined when it is not the message's fault. */
export function asRefusal(error: unknown): MessageRefused | undefined {
  if (error instanceof MessageRefused) return error;
  if (error instanceof NotHl7) return new MessageRefused('AR', 100, 'not an HL7 v2 message');
  if (error instanceof InvalidEvent) {
    const [first = ''] = error.faults;
    return new MessageRefused('AE', 102, `a value that cannot be carried on: ${first}`);
  }
  return undefined;
}
