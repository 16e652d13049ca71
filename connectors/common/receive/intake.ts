import type { Logger } from 'pino';
import { InvalidEvent, personFactMessage } from '../../../src/messaging/contracts/build-event.js';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import type { PersonKeySecret } from '../../../src/messaging/contracts/person-key.js';
import { withSending } from '../../../src/messaging/contracts/sending.js';
import type { PersonTopicName, TopicData } from '../../../src/messaging/contracts/topics.js';
import { ArrivalOrder } from '../arrival-order.js';
import type { FactPublisher } from '../fact-publisher.js';
import { keptId } from '../kept-id.js';
import { errorCode, forLog } from '../log-text.js';
import type { Untold } from '../recording/recording-writer.js';
import { contentHash } from '../content-hash.js';
import type { Receipt } from '../receipt.js';
import { sourceUrn } from '../source-urn.js';

/** A message cannot be taken as it is; sending it again does not help. `message` repeats nothing of what was sent. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
}

/** The fact a message tells, on the topic it belongs on. */
type ToldFact = {
  [Topic in PersonTopicName]: {
    readonly topic: Topic;
    /** When it happened at the source, UTC. */
    readonly time: string;
    readonly data: TopicData[Topic];
  };
}[PersonTopicName];

/** What a connector makes of one message. This, and where it listens, is all that is its own. */
export type Translation = {
  /** Who sent it, as the facts name it. */
  readonly sender: string;
  /** The sender's own id of the message, 1 to 199 characters. One that may hold a personal number is kept as a keyed hash. */
  readonly messageId: string;
  /** What makes it the same message when the id comes again; leave out what differs between sendings (its send time). */
  readonly content: readonly string[];
  /** @throws MessageRefused when something required is missing or cannot be read */
  readonly fact: () => ToldFact;
};

/** @throws MessageRefused when the message is not one of the connector's at all */
export type Translate = (raw: Buffer) => Translation;

/** What became of a message. `refused`: mend it. `not-now`: nothing was stored, send the same again later. */
export type Outcome =
  | { readonly kind: 'stored' | 'repeated'; readonly answer: string }
  | { readonly kind: 'refused'; readonly cause: string }
  | { readonly kind: 'not-now' };

export type IntakeOptions = {
  readonly connector: string;
  readonly translate: Translate;
  readonly publisher: FactPublisher;
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  /** What a sender is told when its message is on durable storage; kept, and given again to a repeat. */
  readonly answer: string;
};

const longestId = 199;

/**
 * From bytes to a durable fact, whatever the protocol: translates, keeps fact and answer in one commit, knows repeats, and
 * says which of three things the sender has to do. No outcome depends on a lookup or on who the person is.
 */
export class Intake {
  private readonly arrival = new ArrivalOrder(() => new Date());

  constructor(private readonly options: IntakeOptions) {}

  /** Never rejects. `stored` and `repeated` mean that the fact is on durable storage. */
  async take(raw: Buffer): Promise<Outcome> {
    let about: Record<string, string> = { connector: this.options.connector };
    let known: Pick<Untold, 'sender' | 'messageId' | 'persons'> = { sender: '', messageId: '' };
    try {
      const translation = this.options.translate(raw);
      const { sender, messageId } = translation;
      known = { sender, messageId, persons: () => personsOf(translation) };
      about = { ...about, sender: forLog(translation.sender), messageId: forLog(translation.messageId) };
      return await this.store(translation, raw, about);
    } catch (error) {
      const cause = refusal(error);
      if (cause === undefined) {
        this.options.logger.error({ ...about, error: errorCode(error) }, 'message could not be stored now');
        return { kind: 'not-now' };
      }
      this.options.publisher.refused(cause, { ...known, raw });
      this.options.logger.warn({ ...about, cause }, 'message refused');
      return { kind: 'refused', cause };
    }
  }

  private async store(
    translation: Translation,
    raw: Buffer,
    about: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    const { publisher, connector, answer, logger } = this.options;
    const { sender, messageId } = translation;
    if (messageId === '' || messageId.length > longestId)
      throw new MessageRefused(`an id of 1 to ${longestId} characters is required`);
    const controlId = keptId(messageId, this.options.personKeys);
    const source = sourceUrn(connector, sender);
    const hash = contentHash(translation.content);
    const receipt = this.receipt(translation, source, hash);
    if (receipt instanceof Error) {
      // What it is read by may have become stricter since the message was stored: then it is a repeat all the same.
      const earlier = await publisher.earlier(source, controlId, hash);
      if (earlier?.kind !== 'repeat') throw receipt;
      return { kind: 'repeated', answer: earlier.answer };
    }
    const taken = await publisher.take({ ...receipt, controlId, answer, raw });
    if (taken.kind === 'conflict') throw new MessageRefused('this id came before with other content');
    logger.info(about, taken.kind === 'stored' ? 'message stored' : 'message repeated');
    return taken.kind === 'repeat' ? { kind: 'repeated', answer: taken.answer } : { kind: 'stored', answer };
  }

  private receipt(
    { fact, messageId }: Translation,
    source: string,
    hash: string,
  ): Omit<Receipt, 'answer' | 'controlId'> | Error {
    try {
      const { topic, time, data } = fact();
      const message = personFactMessage(this.options.personKeys, topic, {
        source,
        id: [messageId, hash],
        time,
        data:
          'messageId' in data
            ? { ...data, messageId: keptId(data.messageId, this.options.personKeys) }
            : data,
      });
      if (message.value.includes('\\u0000')) throw new MessageRefused('a zero byte');
      const sent = withSending(message, { received: this.arrival.next() });
      return { sender: source, contentHash: hash, topic, message: sent };
    } catch (error) {
      if (refusal(error) === undefined) throw error;
      return error as Error;
    }
  }
}

/** Whom a refused message is about, where that can be read. */
function personsOf({ fact }: Translation): readonly PersonIdentifier[] {
  try {
    return [fact().data.person];
  } catch (error) {
    if (refusal(error) === undefined) throw error;
    return [];
  }
}

/** Why the sender has to mend the message; undefined for what is not its fault. Never a value of it. */
function refusal(error: unknown): string | undefined {
  if (error instanceof MessageRefused) return error.message;
  if (error instanceof InvalidEvent) return `a value that cannot be carried on: ${error.faults[0] ?? ''}`;
  return undefined;
}
