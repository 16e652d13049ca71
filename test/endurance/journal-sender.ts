import { setTimeout as wait } from 'node:timers/promises';
import { MllpClient } from '../../connectors/melior/mllp/send-mllp.js';
import { adtMessage, type AdtMessage } from '../../src/demo/adt.js';
import type { Ledger, SentMessage } from './ledger.js';
import type { Random } from './random.js';

/** The journal's names of wards (src/demo/fictional-region/melior-mapping.json). */
const wards = {
  MED: 'SE4999000013-W101',
  ORT: 'SE4999000013-W102',
  GER: 'SE4999000013-W103',
} as const;
export type Ward = keyof typeof wards;

const answerLimitMs = 5_000;
const pauseMs = 100;
const hangUps = 0.1;
/** ERR-3 of an answer that means "not now, try again". */
const notNow = /^ERR\|[^|]*\|[^|]*\|207/m;

/**
 * A journal system's outgoing messages: one connection, one message at a time, the same message again until it is answered AA,
 * over a new connection when the old one is lost.
 */
export class JournalSender {
  #client: MllpClient | undefined;

  constructor(
    private readonly port: number,
    private readonly ledger: Ledger,
    private readonly gaveUp: AbortSignal,
    private readonly random: Random,
  ) {}

  /** Resolves when the message has been answered AA, and has written it down. */
  async deliver(
    message: Omit<AdtMessage, 'ward' | 'event'> & Pick<SentMessage, 'event'> & { readonly ward: Ward },
  ): Promise<SentMessage> {
    const { controlId, event, visit, at, ward } = message;
    const text = adtMessage(message);
    const sent: SentMessage = {
      controlId,
      event,
      visit,
      ward: wards[ward],
      at,
      text,
      attempts: 0,
      repeats: 0,
    };
    const answer = await this.#untilAnswered(controlId, text, () => (sent.attempts += 1));
    if (answer.code !== 'AA') throw new Error(`${event} was answered ${answer.text}`);
    this.ledger.messages.push(sent);
    return sent;
  }

  /** The same once more, as a sender does that has lost its own books. */
  async repeat(sent: SentMessage): Promise<void> {
    const { code, text } = await this.#untilAnswered(sent.controlId, sent.text);
    if (code !== 'AA') throw new Error(`a repeat was answered ${text}`);
    sent.repeats += 1;
  }

  /** Other content under the id of an earlier message. @returns the answer's code */
  async repeatAltered(sent: SentMessage): Promise<string> {
    const altered = sent.text.replace('|I|', '|O|');
    const { code } = await this.#untilAnswered(sent.controlId, altered);
    this.ledger.refusedMessages.push(code);
    return code;
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  async #untilAnswered(
    controlId: string,
    text: string,
    onAttempt: () => void = () => undefined,
  ): Promise<{ code: string; text: string }> {
    for (;;) {
      if (this.gaveUp.aborted) throw new Error('a message was not answered in the time of this test');
      try {
        this.#client ??= await MllpClient.open('127.0.0.1', this.port, answerLimitMs);
        onAttempt();
        const answer = (await this.#send(this.#client, text)).replaceAll('\r', '\n');
        const code = new RegExp(`^MSA\\|(A[AER])\\|${controlId}(?:\\||$)`, 'm').exec(answer)?.[1];
        if (code !== undefined && !notNow.test(answer)) return { code, text: answer };
      } catch {
        // No answer: whether it was stored nobody knows, so it is sent again, on a new connection.
        this.close();
      }
      await wait(pauseMs);
    }
  }
  /** Now and then a sender hangs up before the answer, and never learns whether its message was stored. */
  async #send(client: MllpClient, text: string): Promise<string> {
    const sending = client.send(Buffer.from(text, 'utf8'));
    if (this.random.chance(hangUps)) {
      await Promise.race([sending, wait(this.random.between(0, 15))]);
      this.close();
      sending.catch(() => undefined);
      throw new Error('hung up');
    }
    return (await sending).toString('utf8');
  }
}
