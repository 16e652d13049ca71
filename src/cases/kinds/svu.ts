import { isOpen } from '../../process/case/questions.js';
import { nextDeadline } from '../../process/deadlines/deadlines.js';
import type { SvuCommand } from '../../process/svu/subjects.js';
import type { SvuEvent } from '../../process/svu/subjects.js';
import { kindOfSvu, type SvuAsked } from '../../process/svu/kind.js';
import type { SvuState } from '../../process/svu/state.js';
import { svu, svuEvents } from '../../process/svu/svu.js';
import { svuTables } from '../../process/svu/tables.js';
import { unknownKindIn } from '../../process/unknown-kinds.js';
import { careplanType, codeSystems, extensions, svuProfiles } from '../../projection/codes/codes.js';
import { svuTitle } from '../../projection/svu/care-plan.js';
import { projectSvu, projectSvuChange } from '../../projection/svu/svu.js';
import type { CaseKind } from './case-kind.js';
import { formStream } from '../streams/under-case/form.js';
import { messageStream } from '../streams/under-case/message.js';
import { svuOperations } from '../operations/svu/svu-operations.js';

/** Coordination at discharge: its rules in src/process/svu, what it shows in src/projection/svu. */
export const svuKind: CaseKind<SvuState, SvuAsked, SvuCommand, SvuEvent> = {
  ...kindOfSvu,
  stream: {
    name: 'svu',
    decider: svu,
    personOf: (state) => state.personId,
    nextDeadline: ({ todos }) => nextDeadline(svuTables.todos, todos),
    isOpen,
    events: svuEvents,
    unknownIn: unknownKindIn(svuTables),
    project: projectSvu,
    projectChange: projectSvuChange,
  },
  under: [messageStream, formStream],
  operations: svuOperations,
  profiles: svuProfiles,
  carePlan: {
    category: [codeSystems.caseKind, careplanType],
    title: svuTitle,
    elements: [
      { element: 'period.start', type: 'instant', field: 'admittedAt', required: true },
      { element: 'period.end', type: 'date', field: 'expectedDischarge', required: true },
      { element: 'encounter', type: 'reference', to: 'Encounter', field: 'stayId' },
      { extension: extensions.needsAssessed, type: 'instant', field: 'needsAssessedAt' },
      { element: 'description', type: 'text', field: 'reason' },
    ],
  },
};

/** The stream of an SVU, for what writes it directly. */
export const svuStream = svuKind.stream;
