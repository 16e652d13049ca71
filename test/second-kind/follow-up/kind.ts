import type { CaseKind } from '../../../src/cases/kinds/case-kind.js';
import { formStream } from '../../../src/cases/streams/under-case/form.js';
import { messageStream } from '../../../src/cases/streams/under-case/message.js';
import { isOpen } from '../../../src/process/case/questions.js';
import { nextDeadline } from '../../../src/process/deadlines/deadlines.js';
import { unknownKindIn } from '../../../src/process/unknown-kinds.js';
import type { LocalDate } from '../../../src/process/vocabulary.js';
import { followUpCodes, followUpWays, wayExtension } from './codes.js';
import { homeForm } from './home-form.js';
import { followUpOperations } from './operations.js';
import { followUp, followUpEvents } from './process.js';
import type { FollowUpCommand, FollowUpEvent } from './process.js';
import { projectFollowUp } from './projection.js';
import { followUpRows, followUpTables, reject } from './rows.js';
import type { FollowUpState, FollowUpWay } from './state.js';

type Asked = { readonly until: LocalDate; readonly purpose?: string; readonly way?: FollowUpWay };

/** The row by which a hub knows the kind: opened by any side, of no hospital stay, told to followers as it is. */
export const followUpKind: CaseKind<FollowUpState, Asked, FollowUpCommand, FollowUpEvent> = {
  name: 'follow-up',
  rows: followUpRows,
  stream: {
    name: 'follow-up',
    decider: followUp,
    personOf: (state) => state.personId,
    nextDeadline: ({ todos }) => nextDeadline(followUpTables.todos, todos),
    isOpen,
    events: followUpEvents,
    unknownIn: unknownKindIn(followUpTables),
    project: projectFollowUp,
  },
  under: [homeForm, messageStream, formStream],
  operations: followUpOperations,
  carePlan: {
    category: [followUpCodes],
    title: 'Uppföljning',
    elements: [
      { element: 'period.end', type: 'date', field: 'until', required: true },
      { element: 'description', type: 'text', field: 'purpose' },
      { extension: wayExtension, type: 'code', of: followUpWays, field: 'way' },
    ],
  },
  opening: {
    mayOpen: ({ responsibilities }) =>
      responsibilities.includes('write')
        ? undefined
        : reject('role-lacks-responsibility', { values: { responsibility: 'write' } }).rejection,
    command: (asked, { stayId: _noStay, ...of }) => ({ type: 'open', data: { ...of, ...asked } }),
  },
  onePerPerson: {
    rejection: 'follow-up-open-already',
    elsewhere: reject('follow-up-open-already').rejection,
    // None of its steps opens one again.
    reopens: () => false,
    besides: (step) => step,
  },
  // A follow-up is of no stay (MSG-9).
  messages: { duringStay: () => false, leader: ({ leader }) => leader },
  // A kind of form is a file of questions (docs/fhir-forms.md).
  forms: { has: (_state, { name }) => name === 'assessment' },
  followers: {
    mayName: () => true,
    mayNameAsRemoved: () => true,
    concerns: () => true,
    leaving: { ParticipantRemoved: 'unit' },
  },
};
