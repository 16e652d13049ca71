import { randomBytes } from 'node:crypto';
import type { Retranslated } from '../common/recording/retranslated.js';
import { readHeader } from './header.js';
import { MessageRefused } from './hl7/acknowledgement.js';
import { readMapping } from './mapping.js';
import { interpret, openMessage } from './read-message.js';
import { isTranslated } from './trigger-events.js';

// Keys order facts on topics; nothing of a replay gets there.
const noKey = { keyId: 'replay', secret: randomBytes(32) };

/**
 * What a recorded message would be told as today, stored nowhere. Who may send is not looked at: it did.
 * @param mapping the mapping file, parsed as JSON
 * @param wasStored it told something when it came: so its visit was told as a stay, where its patient class is another
 * @throws MessageRefused, NotHl7, InvalidEvent as when it came
 */
export function retranslateMelior(raw: Buffer, mapping: unknown, wasStored: boolean): Retranslated {
  const usable = readMapping(mapping);
  const header = readHeader(raw, usable);
  if (!isTranslated(header.event)) throw new MessageRefused('AR', 201, 'not translated', 'MSH-9');
  const meaning = interpret(openMessage(raw, header, usable), header, usable, noKey, wasStored);
  return meaning.kind === 'fact'
    ? { kind: 'fact', topic: meaning.topic, fact: meaning.translation.fact }
    : { kind: 'nothing', why: meaning.reason };
}
