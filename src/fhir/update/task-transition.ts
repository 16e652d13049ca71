import type { Task } from 'fhir/r4.js';
import type { RejectionCode } from '../../process/rejection-texts.js';
import type { FhirError } from '../fhir-error.js';
import { differingElements } from '../write/difference.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { writeRefusal } from '../write/refusals.js';

/** What a unit may make of its to-do, from → to. Everything else is refused by the rule named beside it. */
const transitions: Readonly<Partial<Record<Task['status'], Partial<Record<Task['status'], 'complete'>>>>> = {
  requested: { completed: 'complete' },
};

/** A unit cannot say no: it adds the right unit and removes itself (ORG-12). */
const refusing: ReadonlySet<Task['status']> = new Set([
  'rejected',
  'failed',
  'cancelled',
  'entered-in-error',
]);

/**
 * What a `PUT Task` asks for, compared with the to-do as it is: to complete it, or nothing. Besides `status`, the design
 * lets a client write `statusReason`, `output`, `note` and `businessStatus`; a to-do of this version keeps none of them
 * (no fixed questions, no ladder of delivery yet), so they are refused by name instead of being dropped silently.
 *
 * @throws {FhirError} 422 naming the element or the rule
 */
export function readTransition(stored: Task, sent: Task): 'complete' | 'nothing' {
  const changed = differingElements(stored, sent);
  const other = changed.find((element) => element !== 'status');
  if (other !== undefined) throw refused('todo-change-not-allowed', `Task.${other}`, { element: other });
  if (changed.length === 0) return 'nothing';
  const transition = transitions[stored.status]?.[sent.status];
  if (transition !== undefined) return transition;
  if (stored.status !== 'requested') throw refused('todo-ended', 'Task.status');
  if (refusing.has(sent.status)) throw refused('receiver-cannot-reject', 'Task.status');
  throw writeRefusal('value-not-taken', { expression: 'Task.status', values: { expected: 'completed' } });
}

function refused(
  code: RejectionCode,
  expression: string,
  values?: Readonly<Record<string, string>>,
): FhirError {
  return rejectionAnswer(
    { code, field: 'status', ...(values === undefined ? {} : { values }) },
    () => expression,
  );
}
