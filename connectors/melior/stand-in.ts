import { readFile } from 'node:fs/promises';
import { MllpClient } from './mllp/send-mllp.js';
import { plan, sendBadly, type FaultOf, type SenderFault } from './stand-in-faults.js';

export type PlayOptions = {
  readonly host: string;
  readonly port: number;
  /** Messages one after the other, each beginning with MSH; lines may end with CR, LF or both. In the set MSH-18 names. */
  readonly file: string;
  /** Between two messages. Default 0. */
  readonly pauseMilliseconds?: number;
  /** What goes wrong with which message. Default: nothing. */
  readonly faultOf?: FaultOf;
  /** How long a slow or silent message takes. Default 2 000. */
  readonly slowMilliseconds?: number;
  /** Called with each answer as text, in order; undefined where none came and the message is sent again. */
  readonly onAnswer: (answer: string | undefined, message: string, fault: SenderFault | undefined) => void;
};

/**
 * Plays a journal system: sends the messages of a file over one MLLP connection, each after the answer to the one before. One
 * that gets no answer, because its fault is not to send it whole, is sent again over a new connection, as journal systems do.
 * @throws MllpFailure when an answer does not come; the socket's error when nobody listens.
 */
export async function playMessages(options: PlayOptions): Promise<number> {
  const messages = splitMessages(await readFile(options.file));
  const open = (): Promise<MllpClient> => MllpClient.open(options.host, options.port);
  let client = await open();
  try {
    for (const sending of plan(messages, options.faultOf ?? (() => undefined))) {
      const { message, fault } = sending;
      const tell = (answer: Buffer | undefined): void =>
        options.onAnswer(answer?.toString('latin1'), message.toString('latin1'), fault);
      const answer = await sendBadly(client, sending, options.slowMilliseconds ?? 2000);
      tell(answer);
      if (!answer) {
        client = await open();
        tell(await client.send(message));
      }
      await new Promise((resolve) => setTimeout(resolve, options.pauseMilliseconds ?? 0));
    }
    return messages.length;
  } finally {
    client.close();
  }
}

/** Cuts a file before each line that begins with MSH; works on Latin 1 so that no byte is changed. */
function splitMessages(bytes: Buffer): readonly Buffer[] {
  return bytes
    .toString('latin1')
    .split(/(?:^|[\r\n]+)(?=MSH[^A-Za-z0-9\s])/)
    .map((each) => each.replaceAll(/\r\n|\n/g, '\r').replace(/\r*$/, '\r'))
    .filter((each) => each.startsWith('MSH'))
    .map((each) => Buffer.from(each, 'latin1'));
}
