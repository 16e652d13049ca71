import { expect, it } from '@jest/globals';
import { headline } from './replay.js';

it('a list shows no personal number that a sender wrote as its id, and nothing that steers a terminal', () => {
  const text = headline({
    id: 1,
    connector: 'melior',
    sender: 'A\u001b[2J/B',
    messageId: '19340612-9829',
    receivedAt: new Date(0),
    outcome: 'refused',
    cause: null,
    eventId: null,
  });
  expect(text).not.toMatch(/9829|\p{Cc}/u);
});
