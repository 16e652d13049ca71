import { factTopics, type PersonFact } from '../../src/messaging/contracts/facts.js';
import type { RecordedAnswer } from '../common/recording/read-from.js';
import type { Retranslated } from '../common/recording/retranslated.js';
import { rereadAnswer } from './read-answer.js';

/** What a recorded answer about one person would be told as today. @throws NotXml, SoapFailure as when it came */
export function retranslatePerson({ answer, fact }: RecordedAnswer): Retranslated {
  const record = rereadAnswer(answer);
  const { person, readAt } = fact as PersonFact;
  const now: PersonFact =
    record === 'unknown' ? { person, found: false, readAt } : { person, found: true, record, readAt };
  return { kind: 'fact', topic: factTopics.person, fact: now };
}
