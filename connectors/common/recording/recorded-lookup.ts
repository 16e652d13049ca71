import { randomUUID } from 'node:crypto';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { recordingOf } from './read-from.js';
import type { RecordingWriter } from './recording-writer.js';

type PersonAnswer = { readonly person: PersonIdentifier; readonly readAt: string };

/**
 * A lookup whose answers are recorded before they are used, one row for each person. Failures, persons who were not found and
 * those who are protected are not: nothing may be kept of them.
 */
export function recordedLookup<Question, Answer extends PersonAnswer | readonly PersonAnswer[]>(
  writer: RecordingWriter,
  lookup: { lookUp(question: Question): Promise<Answer> },
): { lookUp(question: Question): Promise<Answer> } {
  const sender = `urn:hemgang:connector:${writer.connector}`;
  const record = async (fact: PersonAnswer): Promise<void> => {
    const raw = recordingOf(fact);
    if (raw === undefined) return;
    const { person, readAt } = fact;
    await writer.add({
      sender,
      messageId: randomUUID(),
      raw,
      persons: () => [person],
      outcome: 'answered',
      at: new Date(readAt),
    });
  };
  return {
    async lookUp(question) {
      const answer = await lookup.lookUp(question);
      await Promise.all(
        (Array.isArray(answer) ? (answer as readonly PersonAnswer[]) : [answer as PersonAnswer]).map(record),
      );
      return answer;
    },
  };
}
