import { Worker } from 'node:worker_threads';
import { WrongCharacterSet } from '../../../src/wire/character-set.js';
import { answerBounds } from '../answer-bounds.js';
import { SoapFailure } from './fault.js';
import { NotXml, type XmlElement } from './xml.js';

export type ToXmlThread = {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
};
/** What was read, or why it was not. */
export type FromXmlThread = {
  readonly number: number;
  readonly element?: XmlElement;
  readonly refused?: 'wrong-character-set' | 'not-xml' | 'too-large';
};

type Waiting = { readonly resolve: (element: XmlElement) => void; readonly reject: (error: Error) => void };

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

/**
 * Reads XML in a thread of its own, one answer after the other, so that a large answer of a register delays no request. The thread
 * begins with the first answer and keeps no process alive.
 */
export class XmlReader {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(private readonly limits: ApartLimits = {}) {}

  /**
   * @param contentType the header of the answer
   * @throws NotXml, WrongCharacterSet; SoapFailure: `too-large` has more elements than any answer has; `timeout`, `busy` and `thread-ended`
   *   pass, like a register that does not answer
   */
  read(bytes: Buffer, contentType: string | undefined): Promise<XmlElement> {
    if (this.waiting.size >= (this.limits.most ?? mostWaiting))
      return Promise.reject(new SoapFailure('busy', 'passing'));
    const worker = (this.worker ??= this.start());
    const number = (this.last += 1);
    return new Promise<XmlElement>((resolve, reject) => {
      const limit = this.limits.waitMilliseconds ?? longestWait;
      // What hangs in it would hang for all that come after.
      const timer = setTimeout(() => this.end(worker, 'timeout'), limit);
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(number);
        if (this.waiting.size === 0) worker.unref();
      };
      this.waiting.set(number, {
        resolve: (element) => (done(), resolve(element)),
        reject: (error) => (done(), reject(error)),
      });
      worker.ref();
      worker.postMessage({ number, bytes, contentType } satisfies ToXmlThread, []);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.limits.entry ?? new URL('./xml-thread.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    worker.unref();
    worker.on('message', ({ number, element, refused }: FromXmlThread) => {
      if (element) this.waiting.get(number)?.resolve(element);
      else this.waiting.get(number)?.reject(errorFor(refused));
    });
    // Whoever waits is told; its text may quote what was read.
    worker.on('error', () => this.end(worker, 'thread-ended'));
    worker.on('exit', () => this.end(worker, 'thread-ended'));
    return worker;
  }

  /** Who waits fails, and the next answer begins another thread. */
  private end(worker: Worker, code: 'timeout' | 'thread-ended'): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const each of this.waiting.values()) each.reject(new SoapFailure(code, 'passing'));
    void worker.terminate();
  }
}

function errorFor(refused: FromXmlThread['refused']): Error {
  if (refused === 'wrong-character-set') return new WrongCharacterSet();
  return refused === 'too-large' ? new SoapFailure('too-large', 'theirs') : new NotXml('not well-formed');
}

/** The one of this process. */
export const xmlReader = new XmlReader();
