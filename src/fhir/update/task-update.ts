import type { Task } from 'fhir/r4.js';
import type { RejectionCode } from '../../process/rejection-texts.js';
import { statusTransitions } from '../../process/todo/status.js';
import type { TodoStatus } from '../../process/todo/status.js';
import type { TodoRemarks, TodoUpdate } from '../../process/vocabulary.js';
import { codeSystems, concept } from '../../projection/codes.js';
import { differingElements } from '../write/difference.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { readNotes, readOutputs, readStatusReason } from './task-remarks.js';

/** What a `PUT Task` asks for: to do the to-do, to say something of it, or nothing. */
export type TaskUpdate =
  | { readonly type: 'complete-todo'; readonly data: TodoRemarks }
  | { readonly type: 'update-todo'; readonly data: TodoUpdate }
  | undefined;

/** Elements a unit writes. */
const honoured: ReadonlySet<string> = new Set(['status', 'statusReason', 'output', 'note']);

/** A unit cannot say no: it adds the right unit and removes itself (ORG-12). */
const refusing: ReadonlySet<Task['status']> = new Set(['rejected', 'failed']);

/**
 * What a `PUT Task` asks for, compared with the to-do as it is: status, statusReason, output and note are honoured, and
 * what else differs is refused by name. What the hub derives, the ladder of delivery and when it was last changed, may be
 * an older copy's, so that two colleagues at work on one list do not hinder each other (ORG-4).
 *
 * @throws {FhirError} 422 naming the element or the rule
 */
export function readTaskUpdate(stored: Task, sent: Task): TaskUpdate {
  const changed = differingElements(stored, sent);
  const other = changed.find((element) => !honoured.has(element) && !isOlderCopy(element, stored, sent));
  if (other !== undefined) throw refused('todo-change-not-allowed', `Task.${other}`, { element: other });
  const remarks = remarksOf(changed, sent);
  const { status } = sent;
  if (status !== stored.status) requireTransition(stored.status, status);
  else if (Object.keys(remarks).length === 0) return undefined;
  if (status === 'completed') return { type: 'complete-todo', data: remarks };
  const progress = status === 'received' || status === 'accepted' || status === 'in-progress';
  return { type: 'update-todo', data: progress ? { ...remarks, progress: status } : remarks };
}

function remarksOf(changed: readonly string[], sent: Task): TodoRemarks {
  const notes = readNotes(sent.note ?? []);
  return {
    ...(changed.includes('statusReason') ? { statusReason: readStatusReason(sent.statusReason) } : {}),
    ...(changed.includes('output') ? { outputs: readOutputs(sent.output ?? []) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function requireTransition(from: Task['status'], to: Task['status']): void {
  const allowed: readonly string[] = statusTransitions[from as TodoStatus];
  if (allowed.includes(to)) return;
  if (allowed.length === 0) throw refused('todo-ended', 'Task.status');
  if (refusing.has(to)) throw refused('receiver-cannot-reject', 'Task.status');
  throw refused('todo-status-not-allowed', 'Task.status', { from, allowed: allowed.join(', ') });
}

/** Whether a difference is that of a copy read before somebody else of the unit said something. */
function isOlderCopy(element: string, stored: Task, sent: Task): boolean {
  if (element === 'lastModified')
    return Date.parse(sent.lastModified ?? '') <= Date.parse(stored.lastModified ?? '');
  if (element !== 'businessStatus') return false;
  const rungs = Object.keys(codeSystems.delivery.concepts) as (keyof typeof codeSystems.delivery.concepts)[];
  const code = sent.businessStatus?.coding?.[0]?.code;
  const [now, then] = [stored.businessStatus?.coding?.[0]?.code, code].map((each) =>
    rungs.findIndex((rung) => rung === each),
  );
  const rung = rungs[then ?? -1];
  if (rung === undefined || (then ?? 0) > (now ?? -1)) return false;
  const asWritten = { businessStatus: concept(codeSystems.delivery, rung) };
  return differingElements(asWritten, { businessStatus: sent.businessStatus }).length === 0;
}

function refused(
  code: RejectionCode,
  expression: string,
  values?: Readonly<Record<string, string>>,
): ReturnType<typeof rejectionAnswer> {
  return rejectionAnswer(
    { code, field: 'status', ...(values === undefined ? {} : { values }) },
    () => expression,
  );
}
