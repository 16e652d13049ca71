import { parentPort } from 'node:worker_threads';
import { WrongCharacterSet } from '../../../src/wire/character-set.js';
import { xmlTextOf } from '../../../src/wire/text.js';
import { answerBounds } from '../answer-bounds.js';
import type { FromXmlThread, ToXmlThread } from './read-apart.js';
import { readXml, type XmlElement } from './xml.js';

/** The thread that reads large answers: started as a file of its own (`readApart`). */

const { elements: mostElements } = answerBounds.soap;

parentPort?.on('message', ({ number, bytes, contentType }: ToXmlThread) => {
  parentPort?.postMessage({ number, ...read(Buffer.from(bytes), contentType) } satisfies FromXmlThread, []);
});

function read(bytes: Buffer, contentType: string | undefined): Omit<FromXmlThread, 'number'> {
  try {
    const element = readXml(xmlTextOf(bytes, contentType));
    return countOf(element) > mostElements ? { refused: 'too-large' } : { element };
  } catch (error) {
    if (error instanceof WrongCharacterSet) return { refused: 'wrong-character-set' };
    // Whatever else an answer does to the reader: it costs this answer alone, not the thread and all that wait for it.
    return { refused: 'not-xml' };
  }
}

function countOf({ children }: XmlElement): number {
  return children.reduce((sum, each) => sum + countOf(each), 1);
}
