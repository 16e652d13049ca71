import { decideNoteDeadlines, evolveDeadlineTold } from '../deadlines/telling.js';
import type { Decider } from '../decider.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { todosOfNoCase } from '../todo/todos-of-no-case.js';
import type { Todo } from '../vocabulary.js';
import { wardTodoKinds } from './todo-kinds.js';
import type { WardNoticeCommand, WardNoticeEvent, WardNoticeState } from './ward-notice.js';

/** A ward is told, without any personal data, to plan by telephone (PAT-1, PAT-4, PAT-5) or to agree with another (SVU-42). */
export const wardNotice: Decider<WardNoticeState, WardNoticeCommand, WardNoticeEvent> = { decide, evolve };

const todos = todosOfNoCase(wardTodoKinds);

/** Every event there is of one; a kind that is left out does not compile. */
export const wardNoticeEvents: ReadonlySet<string> = new Set(
  Object.keys({
    WardTold: true,
    TodoCompleted: true,
    TodoUpdated: true,
    WardNoticeClosed: true,
    TodoDue: true,
    TodoOverdue: true,
  } satisfies Record<WardNoticeEvent['type'], true>),
);

function decide(command: WardNoticeCommand, state: WardNoticeState | undefined): Decision<WardNoticeEvent> {
  const { by } = command;
  if (command.type === 'notify-ward' || command.type === 'close-notice' || command.type === 'ask-again') {
    if (by.kind !== 'system') return reject('fact-from-a-user');
    if (command.type === 'notify-ward') return decideTell(command, state);
    return command.type === 'close-notice' ? decideClose(command, state) : decideAskAgain(command, state);
  }
  if (command.type === 'note-deadlines')
    return decideNoteDeadlines(wardTodoKinds, command, state?.todos ?? {});
  return todos.decide(command, state?.todos ?? {});
}

type CommandOf<Type> = Extract<WardNoticeCommand, { type: Type }>;

/**
 * A ward is told once of a patient, and again when what ended it was undone; a new move to it is a new question, whatever became of the
 * one before (SVU-42).
 */
function decideTell(
  { at, by, data }: CommandOf<'notify-ward'>,
  state: WardNoticeState | undefined,
): Decision<WardNoticeEvent> {
  const { kind, state: stands } = asked(state) ?? {};
  const anew = kind === agree ? stands !== 'requested' : stands === 'cancelled';
  return state === undefined || anew ? accept({ type: 'WardTold', at, by, data }) : accept();
}

function decideClose(
  { at, by, data }: CommandOf<'close-notice'>,
  state: WardNoticeState | undefined,
): Decision<WardNoticeEvent> {
  const todo = asked(state);
  if (todo?.state !== 'requested') return accept();
  return accept({ type: 'WardNoticeClosed', at, by, data: { key: todo.key, end: data.end } });
}

function decideAskAgain(
  { at, by }: CommandOf<'ask-again'>,
  state: WardNoticeState | undefined,
): Decision<WardNoticeEvent> {
  const todo = asked(state);
  if (todo?.kind !== agree || todo.state !== 'cancelled') return accept();
  const { reference = '', visit } = todo.input ?? {};
  const data = { ward: todo.unit, reference, ...(visit === undefined ? {} : { visit }), kind: agree };
  return accept({ type: 'WardTold', at, by, data });
}

const agree = 'agree-on-planning' as const;
/** A notice asks one thing. */
const asked = (state: WardNoticeState | undefined): Todo | undefined =>
  state?.todos[agree] ?? state?.todos['plan-by-telephone'];

function evolve(state: WardNoticeState | undefined, event: WardNoticeEvent): WardNoticeState {
  const before: WardNoticeState = state ?? { kind: 'ward-notice', todos: {} };
  if (event.type === 'WardTold') {
    const { ward, reference, visit, kind = 'plan-by-telephone' } = event.data;
    return {
      ...before,
      todos: {
        ...before.todos,
        [kind]: {
          key: kind,
          kind,
          unit: ward,
          responsibility: wardTodoKinds[kind].responsibility,
          openedAt: event.at,
          state: 'requested',
          input: { reference, ...(visit === undefined ? {} : { visit }) },
          personal: false,
        },
      },
    };
  }
  if (event.type === 'WardNoticeClosed') {
    const { key, end } = event.data;
    const closed = before.todos[key];
    if (closed === undefined) return before;
    const ended = { state: 'cancelled', statusReason: end, endedAt: event.at, endedBy: event.by } as const;
    return { ...before, todos: { ...before.todos, [key]: { ...closed, ...ended } } };
  }
  if (event.type === 'TodoDue' || event.type === 'TodoOverdue')
    return { ...before, todos: evolveDeadlineTold(before.todos, event) };
  // What this build does not know changes nothing.
  return event.type === 'TodoCompleted' || event.type === 'TodoUpdated'
    ? { ...before, todos: todos.evolve(before.todos, event) }
    : before;
}
