import type { Communication } from 'fhir/r4.js';
import type { DeadlineEvent, NoteDeadlines } from '../../../src/process/deadlines/telling.js';
import { decideNoteDeadlines, evolveDeadlineTold } from '../../../src/process/deadlines/telling.js';
import type { TodoEvent } from '../../../src/process/case/acknowledging.js';
import { withoutUnit } from '../../../src/process/under-case/following-case.js';
import type { FollowingCommand, FollowingEvent } from '../../../src/process/under-case/following-case.js';
import { todosUnderCase } from '../../../src/process/under-case/todos-under-case.js';
import type { TodoCommandUnderCase } from '../../../src/process/under-case/todos-under-case.js';
import { nextDeadline } from '../../../src/process/deadlines/deadlines.js';
import { accept } from '../../../src/process/rejections/rejection.js';
import { kindOf } from '../../../src/process/todo/kind-of-todo.js';
import type {
  Command,
  HsaId,
  Instant,
  ProcessEvent,
  Side,
  Todo,
  Uuid,
} from '../../../src/process/vocabulary.js';
import type { StreamType } from '../../../src/log/stream-type.js';
import type { Projection } from '../../../src/projection/projection.js';
import { sideScope } from '../../../src/projection/identity.js';
import { hubReference, patientReference, referenceTo } from '../../../src/projection/references.js';
import { codeToken, referenceTokens } from '../../../src/projection/search-tokens.js';
import { renderTask } from '../../../src/projection/todo-task.js';
import { followUpTables } from './rows.js';

/** What a unit is asked about the patient's home: nothing is known of who takes part in the case, what was decided or whether it is frozen. */
type HomeForm = {
  readonly caseId: Uuid;
  readonly personId: Uuid;
  readonly unit: HsaId;
  readonly side: Side;
  readonly answers?: string;
  /** Until it is handed in, the answers are a draft of the unit's side. */
  readonly handedIn?: boolean;
  readonly todos: Readonly<Record<string, Todo>>;
};

type Asking = Pick<HomeForm, 'caseId' | 'personId' | 'unit' | 'side'> & { readonly deadline: Instant };
type FillingIn = { readonly answers: string; readonly handedIn: boolean };
type HomeFormCommand =
  | Command<'ask', Asking>
  | Command<'fill-in', FillingIn>
  | TodoCommandUnderCase
  | FollowingCommand
  | NoteDeadlines;
type HomeFormEvent =
  | ProcessEvent<'HomeFormAsked', Asking>
  | ProcessEvent<'HomeFormFilledIn', FillingIn>
  | TodoEvent
  | FollowingEvent
  | DeadlineEvent;

const key = 'fill-in-home-form';
const todosOfForm = todosUnderCase(followUpTables.todos);

/** A form in a stream of its own under a follow-up, with a to-do that has a deadline. */
export const homeForm: StreamType<HomeForm, HomeFormCommand, HomeFormEvent> &
  Required<Pick<StreamType<HomeForm, HomeFormCommand, HomeFormEvent>, 'nextDeadline'>> & {
    readonly takesSteps: true;
  } = {
  name: 'home-form',
  decider: {
    decide(command, state) {
      const { at, by } = command;
      if (command.type === 'ask') return accept({ type: 'HomeFormAsked', at, by, data: command.data });
      if (command.type === 'fill-in') return accept({ type: 'HomeFormFilledIn', at, by, data: command.data });
      if (command.type === 'note-deadlines')
        return decideNoteDeadlines(followUpTables.todos, command, state?.todos ?? {});
      if (command.type === 'unit-left') return accept({ type: 'UnitLeftCase', at, by, data: command.data });
      if (command.type === 'replace-person')
        return accept({ type: 'PersonOfCaseReplaced', at, by, data: command.data });
      return todosOfForm.decide(command, { todos: state?.todos ?? {} });
    },
    evolve(state, event) {
      if (event.type === 'HomeFormAsked') return asked(event);
      if (state === undefined) return { caseId: '', personId: '', unit: '', side: 'other', todos: {} };
      switch (event.type) {
        case 'HomeFormFilledIn':
          return filledIn(state, event);
        case 'UnitLeftCase':
          return withoutUnit(state, event.data, event);
        case 'PersonOfCaseReplaced':
          return { ...state, personId: event.data.personId };
        case 'TodoCompleted':
          return todosOfForm.evolve.TodoCompleted(state, event);
        case 'TodoUpdated':
          return todosOfForm.evolve.TodoUpdated(state, event);
        default: // a deadline was told
          return evolveTold(state, event);
      }
    },
  },
  personOf: ({ personId }) => personId,
  caseOf: ({ caseId }) => caseId,
  nextDeadline: ({ todos }) => nextDeadline(followUpTables.todos, todos),
  takesSteps: true,
  project: projectForm,
};

const evolveTold = (state: HomeForm, event: DeadlineEvent): HomeForm => ({
  ...state,
  todos: evolveDeadlineTold(state.todos, event),
});

type EventOf<Type> = Extract<HomeFormEvent, { type: Type }>;

function asked({ at, data: { deadline, ...of } }: EventOf<'HomeFormAsked'>): HomeForm {
  const todo: Todo = {
    key,
    kind: key,
    unit: of.unit,
    responsibility: followUpTables.todos[key].responsibility,
    openedAt: at,
    deadline,
    state: 'requested',
    personal: true,
  };
  return { ...of, todos: { [key]: todo } };
}

function filledIn(state: HomeForm, { at, by, data }: EventOf<'HomeFormFilledIn'>): HomeForm {
  if (!data.handedIn) return { ...state, ...data };
  const todos = Object.values(state.todos).map((todo) => [
    todo.key,
    { ...todo, state: 'completed' as const, endedAt: at, endedBy: by },
  ]);
  return { ...state, ...data, todos: Object.fromEntries(todos) as HomeForm['todos'] };
}

/**
 * The answers are a draft of the side that fills them in until they are handed in (ACC-2). Then they need all that a case may share: a refusal
 * hides them whole (CON-5).
 */
function projectForm(
  id: Uuid,
  { caseId, personId, side, answers, handedIn = false, todos }: HomeForm,
): Projection {
  const about = referenceTo('CarePlan', caseId);
  const subject = patientReference(personId);
  const content: Communication & { id: string } = {
    resourceType: 'Communication',
    id,
    status: 'completed',
    basedOn: [about],
    subject,
    payload: [{ contentString: answers ?? '' }],
  };
  return {
    resources: [
      ...(answers === undefined
        ? []
        : [
            {
              content,
              ...(handedIn
                ? { scope: caseId, needs: 'full' as const, draft: false }
                : { scope: sideScope(caseId, side), needs: 'minimum' as const, draft: true }),
              personId,
              tokens: [
                codeToken('status', 'completed'),
                ...referenceTokens('based-on', about),
                ...referenceTokens('subject', subject),
              ],
            },
          ]),
      ...Object.values(todos).map((todo) => ({
        ...renderTask(todo, {
          streamId: id,
          kind: kindOf(followUpTables.todos, todo),
          personId,
          draft: false,
          subject,
          basedOn: about,
          requester: hubReference(),
          focus: about,
        }),
        scope: caseId,
      })),
    ],
    grants: [],
  };
}
