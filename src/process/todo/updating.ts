import { reject } from '../rejections/rejection.js';
import type { Rejection } from '../rejections/rejection.js';
import type { SharedRejectionCode } from '../rejections/shared-rejections.js';
import { isLocalDate } from '../time.js';
import type { Actor, Instant, Todo, TodoNote, TodoOutputs, TodoUpdate } from '../vocabulary.js';
import { outputTypeOf } from './kind-of-todo.js';
import type { TodoKinds } from './kind-of-todo.js';
import { statusOf, statusTransitions } from './status.js';

/** What is new in what a unit says of its to-do (undefined: nothing), or why it may not say it. */
export type Update =
  | { readonly news: TodoUpdate | undefined; readonly rejection?: undefined }
  | { readonly rejection: Rejection; readonly news?: undefined };

const rejected = (
  code: SharedRejectionCode,
  field: string,
  values: Readonly<Record<string, string>> = {},
): Rejection => reject(code, { field, values }).rejection;

/**
 * What of an update is new, checked against the to-do: the status goes forward only (ORG-12), answers are those that its
 * kind asks, of their type, and a to-do that names no person takes nothing but its status (PAT-6). Whether the case lets
 * something be written now, is asked of the case.
 * @param kinds the kinds of to-do of the stream that it belongs to
 */
export function updateOf(kinds: TodoKinds, todo: Todo, asked: TodoUpdate): Update {
  const rejection = contentRejection(kinds, todo, asked) ?? statusRejection(todo, asked);
  if (rejection !== undefined) return { rejection };
  const news = newsOf(todo, asked);
  if (Object.keys(news).length === 0) return { news: undefined };
  if (todo.state === 'requested') return { news };
  return { rejection: rejected('todo-ended', Object.keys(news)[0] ?? 'status') };
}

/** The notes of a to-do are lines between colleagues; each step on the case reads them all. */
const mostNotes = 50;

function statusRejection(todo: Todo, { progress }: TodoUpdate): Rejection | undefined {
  const from = statusOf(todo);
  if (progress === undefined || progress === from) return undefined;
  if (todo.state !== 'requested') return rejected('todo-ended', 'progress');
  if (statusTransitions[from].includes(progress)) return undefined;
  return rejected('todo-status-not-allowed', 'progress', {
    from,
    allowed: statusTransitions[from].join(', '),
  });
}

function contentRejection(
  kinds: TodoKinds,
  todo: Todo,
  { statusReason, outputs = {}, notes = [] }: TodoUpdate,
): Rejection | undefined {
  const said = [
    ...(statusReason === undefined ? [] : ['statusReason']),
    ...(Object.keys(outputs).length > 0 ? ['outputs'] : []),
    ...(notes.length > 0 ? ['notes'] : []),
  ];
  if (!todo.personal && said[0] !== undefined) return rejected('todo-carries-no-content', said[0]);
  const { notes: added = [] } = newsOf(todo, { notes });
  if ((todo.notes?.length ?? 0) + added.length > mostNotes)
    return rejected('todo-notes-full', 'notes', { most: String(mostNotes) });
  for (const [output, value] of Object.entries(outputs)) {
    const expected = outputTypeOf(kinds, todo, output);
    if (expected === undefined) return rejected('todo-output-not-asked', 'outputs', { output });
    const fits = expected === 'boolean' ? typeof value === 'boolean' : isDay(value);
    if (!fits) return rejected('todo-output-type', 'outputs', { output, expected });
  }
  return undefined;
}

const isDay = (value: boolean | string): boolean => typeof value === 'string' && isLocalDate(value);

function newsOf(todo: Todo, { progress, statusReason, outputs, notes = [] }: TodoUpdate): TodoUpdate {
  const told = new Set(todo.notes?.map(({ text }) => text));
  const added = [...new Set(notes.map((note) => note.trim()))].filter(
    (note) => note !== '' && !told.has(note),
  );
  return {
    ...(progress === undefined || progress === statusOf(todo) ? {} : { progress }),
    ...(statusReason === undefined || statusReason === (todo.statusReason ?? null) ? {} : { statusReason }),
    ...(outputs === undefined || isSame(outputs, todo.outputs ?? {}) ? {} : { outputs }),
    ...(added.length > 0 ? { notes: added } : {}),
  };
}

function isSame(one: TodoOutputs, other: TodoOutputs): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** The to-do after `TodoUpdated`. */
export function updated(
  todo: Todo,
  { progress, statusReason, outputs, notes }: TodoUpdate,
  { at, by }: { readonly at: Instant; readonly by: Actor },
): Todo {
  const { statusReason: before, ...rest } = todo;
  const reason = statusReason === undefined ? before : (statusReason ?? undefined);
  const added = (notes ?? []).map((text): TodoNote => ({ text, at, by }));
  return {
    ...rest,
    ...(progress === undefined ? {} : { progress }),
    ...(reason === undefined ? {} : { statusReason: reason }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(added.length > 0 ? { notes: [...(todo.notes ?? []), ...added] } : {}),
    updatedAt: at,
  };
}

/** The to-do without what somebody wrote of it, as a refusal leaves it (CON-5). */
export function withoutRemarks({ notes: _notes, statusReason: _reason, ...todo }: Todo): Todo {
  return todo;
}

/** The to-do as a unit that has not seen it gets it from another: its answers and notes go with it (SVU-25). */
export function notYetSeen({ progress: _progress, statusReason: _reason, ...todo }: Todo): Todo {
  return todo;
}
