import type { Logger } from 'pino';
import { InvalidEvent, personFactMessage } from '../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { FactPublisher } from '../frame/fact-publisher.js';
import { errorCode, forLog } from '../frame/log-text.js';
import { contentHash, type Receipt } from '../frame/receipt-store.js';
import { stockholmStamp } from '../frame/stockholm-time.js';
import { checkHeader, decode, readHeader, setOf, type Header } from './header.js';
import { MessageRefused, unknownHeader, writeAcknowledgement } from './hl7/acknowledgement.js';
import { Hl7Message } from './hl7/hl7-message.js';
import { NotHl7 } from './hl7/separators.js';
import type { Mapping } from './mapping.js';
import type { Frame } from './mllp/framer.js';
import { translate, type Translation } from './translate.js';

export type ReceiverOptions = {
  readonly publisher: FactPublisher;
  readonly mapping: Mapping;
  readonly personKeys: PersonKeySecret;
  readonly largestMessageBytes: number;
  readonly logger: Logger;
  readonly clock: () => Date;
};

/** Who sent a message, and what makes it itself. */
type Origin = {
  readonly source: string;
  readonly name: string;
  readonly controlId: string;
  readonly hash: string;
};

/**
 * Answers messages. `AA` means that the fact is on durable storage. No answer depends on a lookup or on who the person is, and
 * none repeats anything of the message but its header (design, section 7).
 */
export class Receiver {
  /** Messages since the start whose ward the mapping does not hold; what else became of them the publisher counts. */
  unknownWards = 0;

  constructor(private readonly options: ReceiverOptions) {}

  /** The bytes of the answer; undefined to close the connection without one (`notNow: close`). Never rejects. */
  async answer(frame: Frame): Promise<Buffer | undefined> {
    let header: Header | undefined;
    try {
      header = readHeader(frame.kind === 'message' ? frame.bytes : frame.start, this.options.mapping);
      if (frame.kind === 'oversized')
        throw new MessageRefused('AR', 207, `larger than ${this.options.largestMessageBytes} bytes`);
      return await this.take(frame.bytes, header);
    } catch (error) {
      return this.refuse(header, error);
    }
  }

  private async take(bytes: Buffer, header: Header): Promise<Buffer> {
    checkHeader(header, this.options.mapping);
    if (bytes.includes(0)) throw new MessageRefused('AE', 102, 'the message holds a zero byte');
    const set = setOf(header, this.options.mapping);
    const message = Hl7Message.parse(decode(bytes, set), (each) => decode(each, set));
    const origin = originOf(message);
    const receipt = await this.receipt(message, header, origin);
    if (typeof receipt === 'string') return asSent(receipt);
    const taken = await this.options.publisher.take(receipt.receipt);
    if (taken.kind === 'conflict')
      throw new MessageRefused('AR', 205, 'this id came before with other content', 'MSH-10');
    this.note(header, receipt.translation, taken.kind);
    return asSent(taken.kind === 'repeat' ? taken.answer : receipt.receipt.answer);
  }

  /**
   * What is to be stored; or the earlier answer, where the mapping has become stricter since the message was stored.
   * @throws MessageRefused
   */
  private async receipt(
    message: Hl7Message,
    header: Header,
    { source, name, controlId, hash }: Origin,
  ): Promise<string | { readonly receipt: Receipt; readonly translation: Translation }> {
    try {
      const translation = translate(message, header.event, this.options.mapping, name);
      const event = personFactMessage(this.options.personKeys, factTopics.stay, {
        source,
        id: [controlId, hash],
        time: translation.fact.occurredAt,
        data: translation.fact,
      });
      if (event.value.includes('\\u0000')) throw new MessageRefused('AE', 102, 'an escaped zero byte');
      const answer = this.write(header, 'AA');
      const stored = { sender: source, controlId, contentHash: hash, answer, topic: factTopics.stay };
      return { receipt: { ...stored, message: event }, translation };
    } catch (error) {
      const earlier =
        asRefusal(error) && (await this.options.publisher.earlierAnswer(source, controlId, hash));
      if (earlier === undefined) throw error;
      return earlier;
    }
  }

  private note(header: Header, { unknownWard }: Translation, kind: 'stored' | 'repeat'): void {
    const line = { ...about(header), event: header.event };
    this.options.logger.info(line, kind === 'stored' ? 'message stored' : 'message repeated');
    if (unknownWard === undefined || kind === 'repeat') return;
    this.unknownWards += 1;
    this.options.logger.warn(
      { ...line, ward: forLog(unknownWard) },
      'the ward is not in the mapping file; the fact went on without it',
    );
  }

  private refuse(header: Header | undefined, error: unknown): Buffer | undefined {
    const line = header ? about(header) : {};
    const refused = asRefusal(error);
    if (refused) {
      const { answer, condition } = refused;
      this.options.publisher.refused(`${answer} ${condition}: ${refused.message}`);
      this.options.logger.warn({ ...line, answer, condition, cause: refused.message }, 'message refused');
      return asSent(this.write(header, answer, refused));
    }
    this.options.logger.error({ ...line, error: errorCode(error) }, 'message could not be stored now');
    const how = header?.sender?.notNow ?? this.options.mapping.notNow;
    if (how === 'close') return undefined;
    return asSent(this.write(header, how, new MessageRefused(how, 207, 'not now, try again later')));
  }

  private write(header: Header | undefined, code: 'AA' | 'AE' | 'AR', refused?: MessageRefused): string {
    const time = stockholmStamp(this.options.clock());
    return writeAcknowledgement(header?.answered ?? unknownHeader, time, code, refused);
  }
}

function about({ application, facility, answered }: Header): Readonly<Record<string, string>> {
  return {
    application: forLog(application),
    facility: forLog(facility),
    controlId: forLog(answered.controlId),
  };
}

/** What an answer repeats of the header was read as Latin 1, so writing it so gives back the very bytes that came. */
function asSent(answer: string): Buffer {
  return Buffer.from(answer, 'latin1');
}

function originOf(message: Hl7Message): Origin {
  const text = (field: number): string =>
    message.get({ segment: 'MSH', field, component: 1, subcomponent: 1 }) ?? '';
  const [application, facility] = [text(3), text(4)];
  return {
    source: `urn:hemgang:connector:melior:${urnPart(application)}:${urnPart(facility)}`,
    name: facility === '' ? application : `${application}/${facility}`,
    controlId: message.raw('MSH', 10),
    hash: contentHash(message.content()),
  };
}

function asRefusal(error: unknown): MessageRefused | undefined {
  if (error instanceof MessageRefused) return error;
  if (error instanceof NotHl7) return new MessageRefused('AR', 100, 'not an HL7 v2 message');
  if (error instanceof InvalidEvent) {
    const [first = ''] = error.faults;
    return new MessageRefused('AE', 102, `a value that cannot be carried on: ${first}`);
  }
  return undefined;
}

/** A name as part of a URN, and never longer than a receipt's sender may be. */
function urnPart(name: string): string {
  return encodeURIComponent(name)
    .replaceAll(/[!'()*~]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)
    .slice(0, 50);
}
