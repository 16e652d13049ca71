import type { Moment } from '../case/event.js';
import { currentDecision, isRefused, unitsOf } from '../case/questions.js';
import { listedUnit } from '../case/relisting.js';
import { dropTodos, endTodos, openTodo } from '../case/todos.js';
import { endOfDay } from '../time.js';
import type { HsaId, Instant, Todo } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { svuTables } from './tables.js';

/** The kind of the to-do, and with it of its key. */
const kind = 'appoint-contact';

const asksForIt = (todo: Todo): boolean => todo.kind === kind;

/**
 * SVU-8: outpatient care that has received the admission notice is asked to name a contact before the patient is discharged, for as long as
 * nobody is named. Looked at after every event, so that no step has to think of it: of naming, removing, leaving, listing, consent and the day.
 */
export function followContact(_before: SvuState, now: SvuState, event: Moment): SvuState {
  // CON-5: the minimum has no contacts. Nor is anybody asked before the notice is published in full.
  if (now.sharing !== 'full' || isRefused(now)) {
    return isAsked(now) ? dropTodos(now, asksForIt, event) : now;
  }
  // Over or frozen, what was asked is interrupted and comes back; without a decision nobody can name one (CON-8).
  if (now.phase !== 'published' || now.frozen || currentDecision(now) === undefined) return now;
  const open = Object.values(now.todos).filter((todo) => asksForIt(todo) && todo.state === 'requested');
  if (Object.keys(now.contacts).length > 0) return open.length === 0 ? now : answered(now, event);
  const units = contactUnits(now);
  const superseded = open.some(({ unit }) => !units.includes(unit));
  const ended = superseded
    ? endTodos(now, (todo) => asksForIt(todo) && !units.includes(todo.unit), 'cancelled', event)
    : now;
  const deadline = latest(now);
  return units.reduce((each, unit) => ask(each, unit, deadline, event.at), ended);
}

/** Whether anybody is asked, or would be again once what interrupted it is undone. */
const isAsked = ({ todos, interrupted }: SvuState): boolean =>
  Object.values(todos).some(
    (todo) => asksForIt(todo) && (todo.state === 'requested' || interrupted.includes(todo.key)),
  );

/** The listed health centre, which answers for the contact; where none is listed, each unit of outpatient care that has received the notice. */
export function contactUnits(state: SvuState): readonly HsaId[] {
  const listed = listedUnit(state);
  const units = listed === undefined ? unitsOf(state, 'outpatient') : [listed];
  return units.filter((unit) => state.participants[unit]?.seesContent === true);
}

/** The end of the day on which the patient is to go home: that of ready, once she is, else the planned one. */
const latest = ({ ready, expectedDischarge }: SvuState): Instant =>
  endOfDay(ready?.date ?? expectedDischarge);

/** Who named the contact has done it; the others have nothing more to do. */
function answered(state: SvuState, event: Moment): SvuState {
  const named = event.by.kind === 'user' ? event.by.unit : undefined;
  const own = endTodos(state, (todo) => asksForIt(todo) && todo.unit === named, 'completed', event);
  return endTodos(own, asksForIt, 'cancelled', event);
}

/** So many to-dos a unit keeps of what it was asked: a contact that is named and removed in turn lets nothing grow. */
const mostKept = 20;

/**
 * Asks a unit, or moves the day of what it is asked. A to-do of its own each time, so that what was done before stays done; after `mostKept`
 * of them the last is opened again.
 */
function ask(state: SvuState, unit: HsaId, deadline: Instant, at: Instant): SvuState {
  const own = Object.values(state.todos).filter((todo) => asksForIt(todo) && todo.unit === unit);
  const open = own.find((todo) => todo.state === 'requested');
  if (open !== undefined) {
    if (open.deadline === deadline) return state;
    return { ...state, todos: { ...state.todos, [open.key]: { ...open, deadline } } };
  }
  const key = `${kind}:${unit}:${Math.min(own.length + 1, mostKept)}`;
  return openTodo(svuTables.todos, state, { key, kind, unit, deadline }, at);
}
