import { factTopics, type ListingFact } from '../../src/messaging/contracts/facts.js';
import type { RecordedAnswer } from '../common/recording/read-from.js';
import type { Retranslated } from '../common/recording/retranslated.js';
import { rereadAnswer } from './read-answer.js';

/** What a recorded answer about one person would be told as today. @throws NotXml, SoapFailure as when it came */
export function retranslateListing({ answer, fact }: RecordedAnswer): Retranslated {
  const { person, readAt } = fact as ListingFact;
  const now: ListingFact = { person, listings: rereadAnswer(answer, person.value), readAt };
  return { kind: 'fact', topic: factTopics.listing, fact: now };
}
