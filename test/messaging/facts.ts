import { personFactMessage } from '../../src/messaging/contracts/build-event.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import type { IncomingMessage } from '../../src/messaging/transport/transport.js';

const secret = { keyId: 'test', secret: 'a secret of tests, 32 bytes or more' };

/** A stay fact as it arrives. The same person and number make the same event id. */
export function stayMessage(person: string, number: number, data: Partial<StayFact> = {}): IncomingMessage {
  const message = personFactMessage(secret, factTopics.stay, {
    source: 'urn:hemgang:connector:test',
    id: [person, String(number)],
    time: '2026-03-01T10:00:00.000Z',
    data: {
      kind: 'admitted',
      person: { type: 'other', value: person },
      visit: `visit-${person}`,
      occurredAt: '2026-03-01T10:00:00.000Z',
      sender: 'test',
      messageId: `${person}/${number}`,
      ...data,
    },
  });
  return { ...message, topic: factTopics.stay, partition: 0, offset: String(number) };
}
