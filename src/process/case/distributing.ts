import type { TodoKinds } from '../todo/kind-of-todo.js';
import { kindOf } from '../todo/kind-of-todo.js';
import type { HsaId } from '../vocabulary.js';
import type { Moment } from './event.js';
import type { CaseState, Participant } from './state.js';
import { endTodos, openTodo } from './todos.js';

const kind = 'distribute-case';
const keyOf = (unit: HsaId): string => `${kind}:${unit}`;

/**
 * The units to which an inbox has passed a case on: those of its municipality that somebody added by hand. Another preselected inbox is none:
 * it got the case as this one did.
 */
const passedTo = (state: CaseState, { unit, distributesIn }: Participant): readonly Participant[] =>
  Object.values(state.participants).filter(
    (each) => each.unit !== unit && each.ground === 'by-hand' && each.organisation === distributesIn,
  );

/**
 * ADR-14: whether the case has to stay in an inbox: nobody to whom it was passed on has acknowledged anything of it, and the inbox has not
 * said that it stays there or that there is nothing to pass on.
 */
export function keepsUntilTaken(kinds: TodoKinds, state: CaseState, inbox: Participant): boolean {
  if (inbox.distributesIn === undefined || state.publishedAt === undefined) return false;
  const units = passedTo(state, inbox).map(({ unit }) => unit);
  if (units.length === 0) return state.todos[keyOf(inbox.unit)]?.state !== 'completed';
  return !Object.values(state.todos).some(
    (todo) =>
      units.includes(todo.unit) && todo.state === 'completed' && kindOf(kinds, todo).acknowledges === true,
  );
}

/**
 * ADR-14: an inbox that passes its cases on is asked to, from the notice until a unit of its municipality was added, and again when that
 * leaves: a wrong area is put right. Looked at after every event.
 */
export function followDistribution<State extends CaseState>(
  kinds: TodoKinds,
  before: State | undefined,
  now: State,
  event: Moment,
): State {
  // Over or frozen, what was asked is interrupted and comes back.
  if (now.phase !== 'published' || now.frozen) return now;
  return Object.values(now.participants)
    .filter(({ distributesIn }) => distributesIn !== undefined)
    .reduce((each, inbox) => askToDistribute(kinds, before, each, inbox, event), now);
}

function askToDistribute<State extends CaseState>(
  kinds: TodoKinds,
  before: State | undefined,
  now: State,
  inbox: Participant,
  event: Moment,
): State {
  const { unit } = inbox;
  const key = keyOf(unit);
  const todo = now.todos[key];
  if (passedTo(now, inbox).length > 0)
    return todo?.state === 'requested' ? endTodos(now, (each) => each.key === key, 'completed', event) : now;
  const was = before?.participants[unit];
  const left = before !== undefined && was !== undefined && passedTo(before, was).length > 0;
  const joined = was === undefined || before?.publishedAt === undefined;
  if (todo !== undefined && !left && !joined) return now;
  if (todo?.state === 'requested') return now;
  return openTodo(kinds, now, { key, kind, unit }, event.at);
}
