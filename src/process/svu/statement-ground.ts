import type { Moment } from '../case/event.js';
import { currentDecision, isRefused } from '../case/questions.js';
import { dropTodos, endTodos, openTodo } from '../case/todos.js';
import { isBegun } from '../case/written-documents.js';
import type { HsaId, Todo } from '../vocabulary.js';
import type { SvuState, SvuTodoKind } from './state.js';
import { signers, statementForm, statementOf, unsigned } from './statement-state.js';
import { svuTables } from './tables.js';

const complete = 'complete-statement' satisfies SvuTodoKind;
const sign = 'sign-statement' satisfies SvuTodoKind;
const isOfStatement = ({ kind }: Pick<Todo, 'kind'>): boolean => kind === complete || kind === sign;

/**
 * SVU-16, SVU-19: from when somebody writes in the statement until the hospital's part is complete the ward is asked to complete it; from then
 * on each unit of the three sides is asked to sign it until it has. Looked at after every event, so that no step has to think of it: of who
 * joins and leaves, of a signature that breaks, of a no, of consent (decision 121).
 */
export function followStatement(_before: SvuState, now: SvuState, event: Moment): SvuState {
  if (!isBegun(now, statementForm)) return now;
  // CON-5: the minimum has no statement. What was signed is signed anew once all is shared again.
  if (now.sharing !== 'full' || isRefused(now)) return forgotten(now, event);
  const stayed = withoutThoseWhoLeft(now);
  // Over or frozen, what was asked is interrupted and comes back; without a decision nobody can sign (CON-8).
  if (stayed.phase !== 'published' || stayed.frozen || currentDecision(stayed) === undefined) return stayed;
  return askToSign(askToComplete(stayed, event), event);
}

/** The to-dos of it that are done stay, but as nobody's signature. */
function forgotten(state: SvuState, event: Moment): SvuState {
  const { statement = unsigned, todos, interrupted } = state;
  const open = Object.values(todos).some(
    (todo) => isOfStatement(todo) && (todo.state === 'requested' || interrupted.includes(todo.key)),
  );
  const asked = open ? dropTodos(state, isOfStatement, event) : state;
  return Object.keys(statement.signatures).length === 0 && statement.completed === undefined
    ? asked
    : { ...asked, statement: unsigned };
}

/** Whose unit takes part no more has nothing to put its name to (ACC-7); what the others signed stands. */
function withoutThoseWhoLeft(state: SvuState): SvuState {
  const statement = statementOf(state);
  const units = Object.keys(statement.signatures);
  const stayed = units.filter((unit) => state.participants[unit] !== undefined);
  if (stayed.length === units.length) return state;
  const signatures = Object.entries(statement.signatures).filter(([unit]) => stayed.includes(unit));
  return { ...state, statement: { ...statement, signatures: Object.fromEntries(signatures) } };
}

/** Whoever leads the case; `openersOwn`, so that it goes with the case to another ward. */
function askToComplete(state: SvuState, event: Moment): SvuState {
  const asked = Object.values(state.todos).some(
    ({ kind, state: at }) => kind === complete && at === 'requested',
  );
  if (statementOf(state).completed !== undefined || asked) return state;
  return ask(state, complete, state.ward, event);
}

function askToSign(state: SvuState, event: Moment): SvuState {
  const { completed } = statementOf(state);
  return signers(state).reduce((each, unit) => {
    const own = todosOf(each, sign, unit);
    const open = own.some((todo) => todo.state === 'requested');
    const signed = statementOf(each).signatures[unit] !== undefined;
    const sees = each.participants[unit]?.seesContent === true;
    if (completed !== undefined && sees && !signed) return open ? each : ask(each, sign, unit, event);
    if (open) return ended(each, unit, event);
    // A signature that was broken: the to-do by which it was given is not the last word of its unit.
    return !signed && own.at(-1)?.state === 'completed'
      ? ended(ask(each, sign, unit, event), unit, event)
      : each;
  }, state);
}

const ended = (state: SvuState, unit: HsaId, event: Moment): SvuState =>
  endTodos(state, (todo) => todo.kind === sign && todo.unit === unit, 'cancelled', event);

/** What a unit was asked of a kind, oldest first. */
const todosOf = ({ todos }: SvuState, kind: SvuTodoKind, unit: HsaId): readonly Todo[] =>
  Object.values(todos)
    .filter((todo) => todo.kind === kind && todo.unit === unit)
    .toSorted((one, other) => numberOf(one) - numberOf(other));

const numberOf = ({ key }: Todo): number => Number(key.slice(key.lastIndexOf(':') + 1));

/** So many to-dos a unit keeps of what it was asked: a statement that is signed and changed in turn lets nothing grow. */
const mostKept = 20;

/** A to-do of its own each time, so that what was done before stays done; after `mostKept` of them the last is opened again. */
function ask(state: SvuState, kind: SvuTodoKind, unit: HsaId, event: Moment): SvuState {
  const own = todosOf(state, kind, unit).at(-1);
  const number = own === undefined ? 1 : Math.min(numberOf(own) + 1, mostKept);
  const key = `${kind}:${unit}:${number}`;
  return openTodo(svuTables.todos, state, { key, kind, unit }, event.at);
}
