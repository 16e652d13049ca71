import type { Moment } from '../case/event.js';
import { currentDecision, everyUnit, isRefused } from '../case/questions.js';
import { dropTodos, openTodo } from '../case/todos.js';
import type { HsaId, Instant, Todo } from '../vocabulary.js';
import { dayMoved } from './day-moved.js';
import type { PlanningMoved } from './ground-moved.js';
import { notBefore, tell } from './notices.js';
import { asksForPlanning, isDone, planners } from './planning-state.js';
import { policyOfSvu } from './settings.js';
import type { ReportedPlanning, SvuState } from './state.js';
import { svuTables } from './tables.js';

/**
 * SVU-27: where units say that their own planning is done, each is asked to, from the admission notice in full until it has. What was said
 * stands on the day of going home and on who takes part. When an event has moved that it does not look current any more: everybody is told,
 * and the unit is asked anew. Looked at after every event, so that no step has to think of it (decision 111).
 */
export function followPlanning(before: SvuState, now: SvuState, event: Moment): SvuState {
  if (!policyOfSvu(now).planningReported) return now;
  if (now.sharing !== 'full' || isRefused(now)) return forgotten(now, event);
  const moved = withoutWelcome(fallen(before, now));
  if (moved.phase !== 'published' || moved.frozen || currentDecision(moved) === undefined) return moved;
  return askAnew(followReady(before, tellMoved(moved, event), event), event);
}

/** CON-5: the minimum has no planning. What was said is forgotten; once all is shared again those concerned are told that it does not stand. */
function forgotten(state: SvuState, event: Moment): SvuState {
  const { planning = {}, todos, interrupted } = state;
  const open = Object.values(todos).some(
    (todo) => asksForPlanning(todo) && (todo.state === 'requested' || interrupted.includes(todo.key)),
  );
  const asked = open ? dropTodos(state, asksForPlanning, event) : state;
  return changed(asked, ({ at }) => ({ at, untold: 'shared-again' }), Object.keys(planning));
}

/** What does not stand any more: of all, where the day has moved; of a unit that takes part no more. */
function fallen(before: SvuState, now: SvuState): SvuState {
  const { planning = {} } = now;
  const day = dayMoved(before, now);
  const units = Object.keys(planning).filter((unit) => isDone(now, unit));
  const cause = (unit: HsaId): PlanningMoved | undefined =>
    now.participants[unit] === undefined ? 'unit-left' : day;
  return changed(
    now,
    (said, unit) => {
      const untold = cause(unit);
      return untold === undefined ? said : { ...said, untold };
    },
    units.filter((unit) => cause(unit) !== undefined),
  );
}

/** All units of the municipality are done, and who had said from when the patient is welcome, or was still to say it, has left. */
function withoutWelcome(state: SvuState): SvuState {
  const units = planners(state, 'municipality');
  const lacks =
    units.length > 0 &&
    units.every((unit) => isDone(state, unit) && state.planning?.[unit]?.welcomeFrom === undefined);
  return lacks ? changed(state, (said) => ({ ...said, untold: 'welcome-home-missing' }), units) : state;
}

type Change = (said: ReportedPlanning, unit: HsaId) => ReportedPlanning;

function changed(state: SvuState, change: Change, units: readonly HsaId[]): SvuState {
  if (units.length === 0) return state;
  const { planning = {} } = state;
  const entries = Object.entries(planning).map(
    ([unit, said]) => [unit, units.includes(unit) ? change(said, unit) : said] as const,
  );
  return { ...state, planning: Object.fromEntries(entries) };
}

/** One notice for each unit whose word does not stand any more, so that its next one takes the place of that and of no other. */
function tellMoved(state: SvuState, event: Moment): SvuState {
  const { planning = {} } = state;
  const untold = Object.entries(planning).flatMap(([unit, { untold: moved }]) =>
    moved === undefined ? [] : [{ unit, moved }],
  );
  if (untold.length === 0) return state;
  const moment = notBefore(state, 'planning-done', event);
  const told = untold.reduce<SvuState>(
    (each, content) => tell(each, 'planning-unconfirmed', everyUnit(state), content, moment),
    state,
  );
  const standing = Object.entries(planning).filter(([, said]) => said.untold === undefined);
  return { ...told, planning: Object.fromEntries(standing) };
}

/**
 * SVU-27: the planning is to be done when ready comes, so what is open then is late at once; when ready is withdrawn it is not any more. The
 * sources name no time for who is asked after ready, so there is none.
 */
function followReady(before: SvuState, now: SvuState, event: Moment): SvuState {
  if ((before.ready === undefined) === (now.ready === undefined)) return now;
  const open = Object.values(now.todos).filter((todo) => asksForPlanning(todo) && todo.state === 'requested');
  const deadline = now.ready === undefined ? undefined : event.at;
  const todos = open.map((todo) => [todo.key, until(todo, deadline)] as const);
  return { ...now, todos: { ...now.todos, ...Object.fromEntries(todos) } };
}

function until<OfTodo extends Todo>(todo: OfTodo, deadline: Instant | undefined): OfTodo {
  const { deadline: _before, ...rest } = todo;
  return (deadline === undefined ? rest : { ...rest, deadline }) as OfTodo;
}

/** A to-do of its own each time, so that what was done before stays done. */
function askAnew(state: SvuState, event: Moment): SvuState {
  return planners(state).reduce((each, unit) => {
    const own = Object.values(each.todos).filter((todo) => asksForPlanning(todo) && todo.unit === unit);
    if (isDone(each, unit) || own.some((todo) => todo.state === 'requested')) return each;
    const kind = 'report-planning-done';
    return openTodo(
      svuTables.todos,
      each,
      { key: `${kind}:${unit}:${own.length + 1}`, kind, unit },
      event.at,
    );
  }, state);
}
