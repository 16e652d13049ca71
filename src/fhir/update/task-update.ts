import type { Task } from 'fhir/r4.js';
import { reject } from '../../process/rejections/rejection.js';
import type { SharedRejectionCode } from '../../process/rejections/shared-rejections.js';
import { statusTransitions } from '../../process/todo/status.js';
import type { TodoStatus } from '../../process/todo/status.js';
import type { DeadlineStanding, TodoRemarks, TodoUpdate } from '../../process/vocabulary.js';
import { codeSystems } from '../../projection/codes/codes.js';
import { businessStatus } from '../../projection/todo-task.js';
import type { DeliveryStep } from '../../projection/todo-task.js';
import { takeAsStored } from '../submitted/as-stored.js';
import type { TakenSystem } from '../submitted/read-concept.js';
import type { Submitted } from '../submitted/submitted.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { readNotes, readOutputs, readStatusReason } from './task-remarks.js';

/** What a `PUT Task` asks for: to do the to-do, to say something of it, or nothing. */
export type TaskUpdate =
  | { readonly type: 'complete-todo'; readonly data: TodoRemarks }
  | { readonly type: 'update-todo'; readonly data: TodoUpdate }
  | { readonly type: 'nothing' };

/** Elements a unit writes. */
const honoured = ['status', 'statusReason', 'output', 'note'] as const;

/** Elements that the hub derives, of which an older copy's is taken. */
const derived = ['businessStatus', 'lastModified', 'extension', 'executionPeriod'] as const;

/** A unit cannot say no: it adds the right unit and removes itself (ORG-12). */
const rejecting: ReadonlySet<Task['status']> = new Set(['rejected', 'failed']);

/**
 * What a `PUT Task` asks for, compared with the to-do as it is: status, statusReason, output and note are honoured, and
 * what else differs is refused by its path. What the hub derives, how far it was delivered, when it was last changed and who did it, may be
 * an older copy's, so that two colleagues at work on one list do not hinder each other (ORG-4).
 * @param answers what the kinds of to-do of the hub ask for
 */
export function readTaskUpdate(
  stored: Task,
  sent: Submitted<Task>,
  answers: TakenSystem<string>,
): TaskUpdate {
  for (const { expression, element } of takeAsStored(sent, stored, [...honoured, ...derived]))
    sent.note(rejected('todo-change-not-allowed', expression, { element }).issues);
  for (const element of derived) readDerived(element, stored, sent);
  const remarks = remarksOf(stored, sent, answers);
  const status = sent.value('status');
  if (status !== stored.status) rejectTransition(stored.status, status, sent);
  else if (Object.keys(remarks).length === 0) return { type: 'nothing' };
  if (status === 'completed') return { type: 'complete-todo', data: remarks };
  const progress = status === 'received' || status === 'accepted' || status === 'in-progress';
  return { type: 'update-todo', data: progress ? { ...remarks, progress: status } : remarks };
}

function remarksOf(stored: Task, sent: Submitted<Task>, answers: TakenSystem<string>): TodoRemarks {
  const differs = (name: 'statusReason' | 'output'): boolean => {
    if (sent.differsFrom(name, stored[name]).length > 0) return true;
    sent.takeWhole(name);
    return false;
  };
  const notes = readNotes(sent);
  return {
    ...(differs('statusReason') ? { statusReason: readStatusReason(sent) } : {}),
    ...(differs('output') ? { outputs: readOutputs(sent, answers, stored.output ?? []) } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function rejectTransition(from: Task['status'], to: Task['status'], sent: Submitted<Task>): void {
  const allowed: readonly string[] = statusTransitions[from as TodoStatus];
  if (allowed.includes(to)) return;
  const fault =
    allowed.length === 0
      ? rejected('todo-ended', 'Task.status')
      : rejecting.has(to)
        ? rejected('receiver-cannot-reject', 'Task.status')
        : rejected('todo-status-not-allowed', 'Task.status', { from, allowed: allowed.join(', ') });
  sent.note(fault.issues);
}

/** Takes what the hub derives as it is, or as it was in a copy read before somebody else of the unit said something. */
function readDerived(element: (typeof derived)[number], stored: Task, sent: Submitted<Task>): void {
  const differs = sent.differsFrom(element, stored[element]).length > 0;
  const older = {
    businessStatus: () => isLowerRung(stored, sent),
    lastModified: () => isEarlier(stored, sent),
    // Who did it was not there before it was done.
    extension: () => sent.children('extension').length === 0,
    executionPeriod: () => isUnended(stored, sent),
  }[element]();
  if (differs && !older)
    sent.note(rejected('todo-change-not-allowed', `Task.${element}`, { element }).issues);
  sent.takeWhole(element);
}

function isEarlier(stored: Task, sent: Submitted<Task>): boolean {
  return Date.parse(sent.value('lastModified') ?? '') <= Date.parse(stored.lastModified ?? '');
}

/** Whether it is the period as it was before the to-do was done. */
function isUnended({ executionPeriod }: Task, sent: Submitted<Task>): boolean {
  const { end: _later, ...before } = executionPeriod ?? {};
  return sent.differsFrom('executionPeriod', before).length === 0;
}

/** Whether it is how far the to-do had come before, and how it stood to its deadline then, and says nothing else. */
function isLowerRung(stored: Task, sent: Submitted<Task>): boolean {
  const steps = Object.keys(codeSystems.delivery.concepts) as DeliveryStep[];
  const standings = [undefined, ...(Object.keys(codeSystems.todoDeadline.concepts) as DeadlineStanding[])];
  const now = steps.findIndex((step) => step === stored.businessStatus?.coding?.[0]?.code);
  return steps
    .slice(0, now + 1)
    .flatMap((step) => standings.map((standing) => businessStatus(step, standing)))
    .some((earlier) => sent.differsFrom('businessStatus', earlier).length === 0);
}

function rejected(
  code: SharedRejectionCode,
  expression: string,
  values?: Readonly<Record<string, string>>,
): ReturnType<typeof rejectionAnswer> {
  return rejectionAnswer(
    reject(code, { field: 'status', ...(values === undefined ? {} : { values }) }).rejection,
    () => expression,
  );
}
