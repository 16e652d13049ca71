import type { Logger } from 'pino';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { defaultTimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import type { TimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import { withSending } from '../../src/messaging/contracts/sending.js';
import { ArrivalOrder } from '../common/arrival-order.js';
import type { FactPublisher } from '../common/fact-publisher.js';
import { visitKey } from '../common/told-visits.js';
import { keptId } from '../common/kept-id.js';
import { errorCode, forLog } from '../common/log-text.js';
import type { Untold } from '../common/recording/recording-writer.js';
import { stockholmStamp } from '../common/stockholm-time.js';
import type { ClientCertificate } from './client-certificate.js';
import { checkHeader, readHeader, type Header } from './header.js';
import { isWanted } from './hl7/acknowledgement-mode.js';
import {
  MessageRefused,
  newStamp,
  unknownHeader,
  writeAcknowledgement,
  type AcknowledgementCode,
} from './hl7/acknowledgement.js';
import { writeBatchAnswer } from './hl7/batch-answer.js';
import { messagesIn, splitFrame, type FrameContent } from './hl7/batch.js';
import { giveAgain, keepAnswer } from './kept-answer.js';
import type { Mapping } from './mapping.js';
import { endOfBlock, type Frame } from './mllp/framer.js';
import type { Reply } from './mllp/mllp-connection.js';
import { PassedOverLog, passedOverIn } from './passed-over.js';
import {
  asRefusal,
  interpret,
  openMessage,
  personsIn,
  visitInOtherCare,
  type Meaning,
  type OpenedMessage,
} from './read-message.js';

export type ReceiverOptions = {
  readonly publisher: Pick<FactPublisher, 'take' | 'earlier' | 'refused' | 'nothing' | 'isTold'>;
  readonly mapping: Mapping;
  readonly personKeys: PersonKeySecret;
  readonly largestMessageBytes: number;
  readonly batchMessages: number;
  /** How far from their receipt the times of a message may lie. */
  readonly timeBounds?: TimeBounds;
  readonly logger: Logger;
  readonly clock: () => Date;
};

/** What became of messages since the start, beside what the publisher counts. */
export type Counts = { unknownWards: number; expectedDischargesLeftOut: number; strayEnds: number };

/** What is to be said about one message; `close`: nothing, and the connection ends. */
type Said = { readonly kind: 'say'; readonly text: string } | { readonly kind: 'silent' | 'close' };
type Outcome = { readonly said: Said; readonly notNow: boolean };
type Batch = Extract<FrameContent, { readonly kind: 'batch' }>;

/**
 * Answers messages. `AA` means that the fact is on durable storage. No answer depends on a lookup or on who the person is, and
 * none repeats anything of the message but its header (design, section 7).
 */
export class Receiver {
  readonly counts: Counts = { unknownWards: 0, expectedDischargesLeftOut: 0, strayEnds: 0 };
  readonly passedOver: PassedOverLog;

  private readonly arrival: ArrivalOrder;

  constructor(private readonly options: ReceiverOptions) {
    this.arrival = new ArrivalOrder(options.clock);
    this.passedOver = new PassedOverLog(options.logger);
  }

  /**
   * What a frame is answered. Never rejects.
   * @param certificate of the connection, when it showed one
   */
  async answer(frame: Frame, certificate?: ClientCertificate): Promise<Reply> {
    if (frame.kind === 'oversized') {
      const { largestMessageBytes } = this.options;
      const refused = new MessageRefused('AR', 104, `larger than ${largestMessageBytes} bytes`);
      return reply(this.refuseAll(frame.start, frame.start, refused));
    }
    if (frame.bytes.includes(endOfBlock)) {
      const text = 'the byte 1C, which ends a frame, stands inside the message';
      const refused = new MessageRefused('AE', 102, text);
      return reply(this.refuseAll(frame.bytes, frame.bytes, refused));
    }
    const content = splitFrame(frame.bytes);
    if (content.kind === 'message') return reply((await this.one(content.bytes, certificate)).said);
    return this.batch(content, frame.bytes, certificate);
  }

  /**
   * Each message of a batch for itself, in order: one that is refused stops no other. After one that could not be stored now none
   * is tried, so that order is kept; those before it are repeats when the batch comes again.
   */
  private async batch(content: Batch, frame: Buffer, certificate?: ClientCertificate): Promise<Reply> {
    const { file, batches, fault } = content;
    const count = messagesIn(batches);
    const { batchMessages } = this.options;
    const refused =
      count > batchMessages
        ? new MessageRefused('AR', 104, `more than ${batchMessages} messages in a batch`)
        : fault && new MessageRefused('AR', 100, fault.text, fault.location);
    if (refused) {
      const id = batches[0]?.header?.fields[10] ?? file?.fields[10];
      return reply(this.refuseAll(batches[0]?.messages[0], frame, refused, id));
    }
    let later = false;
    const answers: { header?: NonNullable<typeof file>; answers: string[] }[] = [];
    for (const { header, messages } of batches) {
      const texts: string[] = [];
      for (const bytes of messages) {
        const { said, notNow }: Outcome = later
          ? { said: this.notNow(this.headerOf(bytes), 'after another'), notNow: true }
          : await this.one(bytes, certificate);
        if (said.kind === 'close') return { kind: 'close' };
        if (said.kind === 'say') texts.push(said.text);
        later = notNow;
      }
      answers.push({ ...(header && { header }), answers: texts });
    }
    if (count > 0 && answers.every((each) => each.answers.length === 0)) return { kind: 'silent' };
    const text = writeBatchAnswer(file, answers, stockholmStamp(this.options.clock()));
    return reply({ kind: 'say', text });
  }

  private async one(bytes: Buffer, certificate?: ClientCertificate): Promise<Outcome> {
    let header: Header | undefined;
    try {
      header = readHeader(bytes, this.options.mapping);
      checkHeader(header, this.options.mapping, certificate);
      return { said: say(header, await this.take(bytes, header), true), notNow: false };
    } catch (error) {
      const refused = asRefusal(error);
      return refused
        ? { said: this.refuse(header, bytes, refused), notNow: false }
        : { said: this.notNow(header, errorCode(error)), notNow: true };
    }
  }

  private async take(bytes: Buffer, header: Header): Promise<string> {
    const opened = openMessage(bytes, header, this.options.mapping);
    const meaning = await this.meaning(opened, header);
    if (typeof meaning === 'string') return meaning;
    if (meaning.kind === 'nothing') {
      // An id that stands for a stored message stands for nothing else (promise 2), also not for nothing.
      const earlier = await this.earlier(opened);
      if (earlier?.kind === 'conflict') throw idTaken();
      if (earlier) return giveAgain(earlier.answer, header.answered);
      this.options.publisher.nothing(meaning.reason, this.untold(header, bytes));
      const line = { ...about(header), event: header.event, reason: meaning.reason };
      this.options.logger.info(line, 'message tells nothing that is followed here');
      return this.write(header, 'AA', `nothing stored: ${meaning.reason}`);
    }
    const stamp = newStamp(stockholmStamp(this.options.clock()));
    const { source: sender, controlId, hash: contentHash } = opened;
    const { topic, event, translation, leftOut } = meaning;
    const message = withSending(event, { ...translation.sending, received: this.arrival.next() });
    const kept = keptId(controlId, this.options.personKeys);
    const answer = keepAnswer(stamp, kept, leftOut);
    const visit =
      translation.kind === 'stay'
        ? { visit: visitKey(this.options.personKeys, sender, translation.fact.visit) }
        : {};
    const receipt = { sender, controlId: kept, contentHash, answer, topic, message, ...visit };
    const taken = await this.options.publisher.take({ ...receipt, raw: bytes });
    if (taken.kind === 'conflict') throw idTaken();
    this.note(header, meaning, taken.kind);
    if (taken.kind === 'stored')
      this.passedOver.note(opened.name, passedOverIn(opened.message, header.event), about(header));
    return giveAgain(taken.kind === 'repeat' ? taken.answer : answer, header.answered);
  }

  /** What it means; or the earlier answer, where the mapping (or a clock set back) has become stricter since the message was stored. */
  private async meaning(opened: OpenedMessage, header: Header): Promise<Meaning | string> {
    try {
      const { mapping, personKeys, clock, timeBounds = defaultTimeBounds } = this.options;
      const told = await this.isVisitTold(opened, header);
      return interpret(opened, header, mapping, personKeys, told, { at: clock(), timeBounds });
    } catch (error) {
      const earlier = asRefusal(error) && (await this.earlier(opened));
      if (earlier?.kind !== 'repeat') throw error;
      return giveAgain(earlier.answer, header.answered);
    }
  }

  /** Asked for no message but one of another patient class, for which alone it matters. */
  private async isVisitTold(opened: OpenedMessage, header: Header): Promise<boolean> {
    const { mapping, personKeys, publisher } = this.options;
    const visit = visitInOtherCare(opened, header, mapping);
    return visit !== undefined && (await publisher.isTold(visitKey(personKeys, opened.source, visit)));
  }

  private earlier({ source, controlId, hash }: OpenedMessage): ReturnType<FactPublisher['earlier']> {
    return this.options.publisher.earlier(source, keptId(controlId, this.options.personKeys), hash);
  }

  private note(
    header: Header,
    meaning: Extract<Meaning, { readonly kind: 'fact' }>,
    kind: 'stored' | 'repeat',
  ): void {
    const { translation, leftOut } = meaning;
    const unknownWard = translation.kind === 'stay' ? translation.unknownWard : undefined;
    if (kind === 'stored' && leftOut !== undefined) this.counts.expectedDischargesLeftOut += 1;
    if (kind === 'stored' && unknownWard !== undefined) this.counts.unknownWards += 1;
    // Its sender need not wait for it: the answer goes first.
    setImmediate(() => {
      const line = { ...about(header), event: header.event };
      const { logger } = this.options;
      logger.info(line, kind === 'stored' ? 'message stored' : 'message repeated');
      if (kind === 'repeat') return;
      if (leftOut !== undefined)
        logger.warn({ ...line, cause: leftOut }, 'the hub takes the fact without this value');
      if (unknownWard !== undefined)
        logger.warn(
          { ...line, ward: forLog(unknownWard) },
          'the ward is not in the mapping file; the fact went on without it',
        );
    });
  }

  private refuse(header: Header | undefined, raw: Buffer, refused: MessageRefused): Said {
    const { answer, condition } = refused;
    this.options.publisher.refused(`${answer} ${condition}: ${refused.message}`, this.untold(header, raw));
    const line = { ...(header && about(header)), answer, condition, cause: refused.message };
    this.options.logger.warn(line, 'message refused');
    return say(header, this.write(header, answer, refused), false);
  }

  /** What is recorded of a message that became no fact. */
  private untold(header: Header | undefined, raw: Buffer): Untold {
    if (!header) return { sender: '', messageId: '', raw };
    return {
      sender: `${header.application}/${header.facility}`,
      messageId: header.answered.controlId,
      raw,
      persons: () => personsIn(raw, header, this.options.mapping),
    };
  }

  /** Refuses a frame as a whole: one answer, with the header of its first message as far as that can be read. */
  private refuseAll(
    start: Buffer | undefined,
    raw: Buffer,
    refused: MessageRefused,
    controlId?: string,
  ): Said {
    const header = start && this.headerOf(start);
    if (!header || controlId === undefined) return this.refuse(header, raw, refused);
    return this.refuse({ ...header, answered: { ...header.answered, controlId } }, raw, refused);
  }

  /** Where the sender's mode forbids to say so, or it is configured, the connection closes: it must not take silence for stored. */
  private notNow(header: Header | undefined, error: string): Said {
    this.options.logger.error({ ...(header && about(header)), error }, 'message could not be stored now');
    const how = header?.sender?.notNow ?? this.options.mapping.notNow;
    if (how === 'close') return { kind: 'close' };
    const refused = new MessageRefused(how, 207, 'not now, try again later');
    const said = say(header, this.write(header, how, refused), false);
    return said.kind === 'silent' ? { kind: 'close' } : said;
  }

  private headerOf(start: Buffer): Header | undefined {
    try {
      return readHeader(start, this.options.mapping);
    } catch (error) {
      if (asRefusal(error)) return undefined;
      throw error;
    }
  }

  private write(
    header: Header | undefined,
    code: AcknowledgementCode,
    told?: MessageRefused | string,
  ): string {
    const stamp = newStamp(stockholmStamp(this.options.clock()));
    return writeAcknowledgement(header?.answered ?? unknownHeader, stamp, code, told);
  }
}

function idTaken(): MessageRefused {
  return new MessageRefused('AR', 205, 'this id came before with other content', 'MSH-10');
}

function about({ application, facility, answered }: Header): Readonly<Record<string, string>> {
  return {
    application: forLog(application),
    facility: forLog(facility),
    controlId: forLog(answered.controlId),
  };
}

function say(header: Header | undefined, text: string, taken: boolean): Said {
  return header === undefined || isWanted(header.answered.mode, taken)
    ? { kind: 'say', text }
    : { kind: 'silent' };
}

/** What an answer repeats of the header was read as Latin 1, so writing it so gives back the very bytes that came. */
function reply(said: Said): Reply {
  return said.kind === 'say' ? { kind: 'answer', bytes: Buffer.from(said.text, 'latin1') } : said;
}
