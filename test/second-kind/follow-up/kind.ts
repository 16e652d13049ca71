import type { CaseKind } from '../../../src/cases/case-kind.js';
import { isOpen } from '../../../src/process/case/questions.js';
import { nextDeadline } from '../../../src/process/deadlines/deadlines.js';
import { reject } from '../../../src/process/rejections/rejection.js';
import type { LocalDate } from '../../../src/process/vocabulary.js';
import { followUpCodes } from './codes.js';
import { followUpOperations } from './operations.js';
import { followUp } from './process.js';
import type { FollowUpCommand, FollowUpEvent } from './process.js';
import { projectFollowUp } from './projection.js';
import type { FollowUpState } from './state.js';

type Asked = { readonly until: LocalDate; readonly purpose?: string };

/** The row by which a hub knows the kind: opened by outpatient care, of no hospital stay, told to followers as it is. */
export const followUpKind: CaseKind<FollowUpState, Asked, FollowUpCommand, FollowUpEvent> = {
  name: 'follow-up',
  stream: {
    name: 'follow-up',
    decider: followUp,
    personOf: (state) => state.personId,
    nextDeadline: ({ todos }) => nextDeadline(todos),
    isOpen,
    project: projectFollowUp,
  },
  operations: followUpOperations,
  carePlan: {
    category: [followUpCodes],
    title: 'Uppföljning',
    elements: [
      { element: 'period.end', type: 'date', field: 'until', required: true },
      { element: 'description', type: 'text', field: 'purpose' },
    ],
  },
  opening: {
    mayOpen({ side, responsibilities }) {
      if (side !== 'outpatient') return reject('only-outpatient-names-contact').rejection;
      return responsibilities.includes('write')
        ? undefined
        : reject('role-lacks-responsibility', { values: { responsibility: 'write' } }).rejection;
    },
    command: (asked, { stayId: _noStay, outpatient: _self, ...of }) => ({
      type: 'open',
      data: { ...of, ...asked },
    }),
  },
  onePerPerson: {
    rejection: 'case-already-opened',
    elsewhere: 'case-already-opened',
    // None of its steps opens one again.
    reopens: () => false,
    besides: (step) => step,
  },
  followers: {
    mayName: () => true,
    mayNameAsRemoved: () => true,
    concerns: () => true,
    leaving: { ParticipantRemoved: 'unit' },
  },
};
