import { readFile } from 'node:fs/promises';
import { MllpClient } from './mllp/send-mllp.js';

export type PlayOptions = {
  readonly host: string;
  readonly port: number;
  /** Messages one after the other, each beginning with MSH; lines may end with CR, LF or both. In the set MSH-18 names. */
  readonly file: string;
  /** Between two messages. Default 0. */
  readonly pauseMilliseconds?: number;
  /** Called with each answer as text, in order. */
  readonly onAnswer: (answer: string) => void;
};

/**
 * Plays a journal system: sends the messages of a file over one MLLP connection, each after the answer to the one before.
 * @throws MllpFailure when an answer does not come; the socket's error when nobody listens.
 */
export async function playMessages(options: PlayOptions): Promise<number> {
  const messages = splitMessages(await readFile(options.file));
  const client = await MllpClient.open(options.host, options.port);
  try {
    for (const message of messages) {
      options.onAnswer((await client.send(message)).toString('latin1'));
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
