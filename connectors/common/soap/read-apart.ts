import { WrongCharacterSet } from '../../../src/wire/character-set.js';
import { Thread, ThreadFailure, type Numbered } from '../../../src/wire/thread.js';
import { answerBounds } from '../answer-bounds.js';
import { SoapFailure } from './fault.js';
import { NotXml, type XmlElement } from './xml.js';

type Asked = { readonly bytes: Uint8Array; readonly contentType: string | undefined };
/** What was read, or why it was not. */
type Answer = {
  readonly element?: XmlElement;
  readonly refused?: 'wrong-character-set' | 'not-xml' | 'too-large';
};
export type ToXmlThread = Numbered<Asked>;
export type FromXmlThread = Numbered<Answer>;

export type ApartLimits = {
  /** The file of the thread. */
  readonly entry?: URL;
  /** How long reading may take, with those before it. Milliseconds. */
  readonly waitMilliseconds?: number;
  /** Answers that may wait. */
  readonly most?: number;
};

const {
  waiting: mostWaiting,
  waitMilliseconds: longestWait,
  threadMegabytes: mostMegabytes,
} = answerBounds.soap;

/** Reads XML in a thread of its own, one answer after the other, so that a large answer of a register delays no request. */
export class XmlReader {
  readonly #thread: Thread<Asked, Answer>;

  constructor({ entry, waitMilliseconds = longestWait, most = mostWaiting }: ApartLimits = {}) {
    const file = entry ?? new URL('./xml-thread.js', import.meta.url);
    this.#thread = new Thread(file, { waitMilliseconds, most, megabytes: mostMegabytes });
  }

  /**
   * @param contentType the header of the answer
   * @throws NotXml, WrongCharacterSet; SoapFailure: `too-large` has more elements than any answer has; `timeout`, `busy` and `thread-ended`
   *   pass, like a register that does not answer
   */
  async read(bytes: Buffer, contentType: string | undefined): Promise<XmlElement> {
    const { element, refused } = await this.#thread.ask({ bytes, contentType }).catch((error: unknown) => {
      throw error instanceof ThreadFailure ? new SoapFailure(error.code, 'passing') : error;
    });
    if (element === undefined) throw errorFor(refused);
    return element;
  }
}

function errorFor(refused: Answer['refused']): Error {
  if (refused === 'wrong-character-set') return new WrongCharacterSet();
  return refused === 'too-large' ? new SoapFailure('too-large', 'theirs') : new NotXml('not well-formed');
}

/** The one of this process. */
export const xmlReader = new XmlReader();
