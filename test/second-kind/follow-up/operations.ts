import { contactOperations } from '../../../src/cases/operations/contacts.js';
import { operation } from '../../../src/cases/operations/operation.js';
import { participantOperations } from '../../../src/cases/operations/participants.js';

/** What a client can do with a follow-up: its two steps, and what is done with every case. */
export const followUpOperations = [
  operation({
    name: 'share',
    rules: ['ADR-2'],
    sv: 'Dela uppföljningen med de andra enheterna.',
    en: 'Shares the follow-up with the other units.',
    parameters: [],
    step: () => ({ type: 'share', data: {} }),
  }),
  operation({
    name: 'finish',
    rules: ['ADR-2'],
    sv: 'Avsluta uppföljningen.',
    en: 'Ends the follow-up.',
    parameters: [
      {
        name: 'result',
        field: 'result',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Hur det gick. Ska utelämnas vid nekat samtycke.',
        en: 'How it went. To be left out under a refusal.',
      },
    ],
    step: (given) => ({ type: 'finish', data: { ...given } }),
  }),
  ...participantOperations,
  ...contactOperations,
];
