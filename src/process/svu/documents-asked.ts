import type { Moment } from '../case/event.js';
import { currentDecision, isRefused } from '../case/questions.js';
import { standingKey } from '../case/standing.js';
import { dropTodos, endTodos, openTodo } from '../case/todos.js';
import { hoursAfter } from '../time.js';
import type { HsaId, Instant, Todo } from '../vocabulary.js';
import { planners } from './planning-state.js';
import { hasDocument, policyOfSvu } from './settings.js';
import type { SvuState, SvuTodoKind } from './state.js';
import { svuTables } from './tables.js';

/** What units are asked to write, and when they have (PLB-1, SVU-7). */
type Asked = {
  readonly kind: SvuTodoKind;
  /** The working document, by which a policy has it (SVU-32). */
  readonly document: string;
  readonly units: (state: SvuState) => readonly HsaId[];
  readonly isDone: (state: SvuState, unit: HsaId) => boolean;
  /** Until when, seen from when it is asked. */
  readonly until?: (state: SvuState, asked: Instant) => Instant;
};

/** Whether a to-do of a kind was ever done, by whichever unit. */
const wasDone = ({ todos }: SvuState, kind: SvuTodoKind): boolean =>
  Object.values(todos).some((todo) => todo.kind === kind && todo.state === 'completed');

/** Whether a unit has answered all that is required in its own form. */
function isWritten(document: string): Asked['isDone'] {
  return ({ standings }, unit) => standings?.[standingKey(document, unit)]?.complete === true;
}

const asked: readonly Asked[] = [
  {
    kind: 'send-planning-basis',
    document: 'planning-basis',
    units: (state) => (policyOfSvu(state).planningBasisDue.hours === undefined ? [] : [state.ward]),
    // The ward answers for nobody else. What was sent stays sent, also where an answer is taken away later.
    isDone: (state) => {
      const { complete, completeFor } = state.standings?.['planning-basis'] ?? {};
      const isWrittenByHospital = complete ?? completeFor?.includes('hospital') ?? false;
      return isWrittenByHospital || wasDone(state, 'send-planning-basis');
    },
    until: (state, at) => hoursAfter(at, policyOfSvu(state).planningBasisDue.hours ?? 0),
  },
  {
    kind: 'answer-admission-notice',
    document: 'admission-notice-answers',
    units: planners,
    isDone: isWritten('admission-notice-answers'),
  },
  {
    // Each writes what it has planned, the hospital too; one that takes an answer away is asked again.
    kind: 'write-patient-information',
    document: 'patient-information',
    units: (state) => [...new Set([state.ward, ...planners(state)])],
    isDone: isWritten('patient-information'),
  },
  {
    kind: 'hand-over-patient-information',
    document: 'patient-information',
    units: (state) => (state.ready === undefined ? [] : [state.ward]),
    isDone: ({ informationHandedOver }) => informationHandedOver !== undefined,
  },
];

/**
 * Asks units for what they are to write, from the admission notice in full until they have. Looked at after every event, so that no step has
 * to think of it: of joining, leaving, consent and the end.
 */
export function followDocuments(_before: SvuState, now: SvuState, event: Moment): SvuState {
  return asked
    .filter(({ document }) => hasDocument(now, document))
    .reduce((state, each) => followOne(state, each, event), now);
}

function followOne(now: SvuState, { kind, units, isDone, until }: Asked, event: Moment): SvuState {
  const isOfKind = (todo: Todo): boolean => todo.kind === kind;
  // CON-5: the minimum has no working documents.
  if (now.sharing !== 'full' || isRefused(now)) return dropAsked(now, isOfKind, event);
  // Over or frozen, what was asked is interrupted and comes back; without a decision nothing is written (CON-8).
  if (now.phase !== 'published' || now.frozen || currentDecision(now) === undefined) return now;
  const wanted = units(now);
  const own = Object.values(now.todos).filter(isOfKind);
  const done = own.some((todo) => todo.state === 'requested' && isDone(now, todo.unit))
    ? endTodos(now, (todo) => isOfKind(todo) && isDone(now, todo.unit), 'completed', event)
    : now;
  const idle = own.some((todo) => todo.state === 'requested' && !wanted.includes(todo.unit));
  const kept = idle
    ? endTodos(done, (todo) => isOfKind(todo) && !wanted.includes(todo.unit), 'cancelled', event)
    : done;
  return wanted.reduce((state, unit) => {
    const open = own.some((todo) => todo.unit === unit && todo.state === 'requested');
    if (open || isDone(now, unit)) return state;
    const todo = { key: `${kind}:${unit}`, kind, unit };
    const deadline = until?.(now, event.at);
    const whole = deadline === undefined ? todo : { ...todo, deadline };
    return openTodo(svuTables.todos, state, whole, event.at);
  }, kept);
}

/** Cancels what was asked, also what is interrupted; leaves a case that was asked nothing as it is. */
export function dropAsked(state: SvuState, which: (todo: Todo) => boolean, event: Moment): SvuState {
  const isAsked = Object.values(state.todos).some(
    (todo) => which(todo) && (todo.state === 'requested' || state.interrupted.includes(todo.key)),
  );
  return isAsked ? dropTodos(state, which, event) : state;
}
