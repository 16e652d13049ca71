import type { Moment } from '../case/event.js';
import { isRefused } from '../case/questions.js';
import { dropTodos, endTodos, openTodo } from '../case/todos.js';
import { hoursAfter, isBefore, localDateOf } from '../time.js';
import type { Instant, Todo } from '../vocabulary.js';
import { acknowledgementKey, acknowledgers } from './acknowledgement-rounds.js';
import { countedDay } from './ready-day.js';
import { policyOfSvu } from './settings.js';
import type { SvuState } from './state.js';
import { svuTables } from './tables.js';

/** SVU-28: for so long a short stay lasts at most. */
const mostHours = 24;

/** Whether a moment lies within the time of a short stay. */
export const isWithinShortStay = ({ admittedAt }: Pick<SvuState, 'admittedAt'>, at: Instant): boolean =>
  !isBefore(hoursAfter(admittedAt, mostHours), at);

/** SVU-28: whether ready was sent by the cut-off (12:00 in the source) and every unit that is asked has acknowledged it: she may go home that day without more contact. */
export function mayGoHomeUncalled(state: SvuState): boolean {
  const { ready, rounds, todos } = state;
  if (ready === undefined || countedDay(policyOfSvu(state), ready.at) !== localDateOf(ready.at)) return false;
  if (!isWithinShortStay(state, ready.at)) return false;
  const asked = acknowledgers(state, 'ready');
  return (
    asked.length > 0 &&
    asked.every((unit) => todos[acknowledgementKey('ready', unit, rounds.ready)]?.state === 'completed')
  );
}

/** SVU-28: whether a patient who leaves at a moment goes home without the contact that is asked for. */
export function goesHomeUncalled(state: SvuState, dischargedAt: Instant): boolean {
  const { ready } = state;
  return (
    mayGoHomeUncalled(state) &&
    ready !== undefined &&
    localDateOf(dischargedAt) === localDateOf(ready.at) &&
    isWithinShortStay(state, dischargedAt)
  );
}

const kind = 'contact-receivers';
const asksToCall = (todo: Todo): boolean => todo.kind === kind;

/** The to-do of the ready notice that stands. */
const keyOf = ({ rounds }: SvuState): string => `${kind}:${rounds.ready}`;

/** Whether the ward has said that it called the receivers since ready was sent. */
export const hasCalled = (state: SvuState): boolean => state.todos[keyOf(state)]?.state === 'completed';

/**
 * SVU-28: of a short stay the ward is asked, once ready is sent, to call those who receive the patient; all of them having acknowledged in
 * time it need not. Looked at after every event, for acknowledging, joining and withdrawing all change it.
 */
export function followShortStay(_before: SvuState, now: SvuState, event: Moment): SvuState {
  const hidden = now.sharing !== 'full' || isRefused(now);
  const asked = Object.values(now.todos).filter(asksToCall);
  if (now.shortStay !== true || hidden || now.ready === undefined)
    return asked.length === 0 ? now : dropTodos(now, asksToCall, event);
  // Over or frozen, what was asked is interrupted and comes back.
  if (now.phase !== 'published' || now.frozen) return now;
  const key = keyOf(now);
  const stands = now.todos[key];
  const older = asked.some((todo) => todo.key !== key && todo.state === 'requested');
  const ended = older ? dropTodos(now, (todo) => asksToCall(todo) && todo.key !== key, event) : now;
  if (mayGoHomeUncalled(ended))
    return stands?.state === 'requested' ? endTodos(ended, asksToCall, 'cancelled', event) : ended;
  if (stands?.state === 'requested' || stands?.state === 'completed') return ended;
  return openTodo(svuTables.todos, ended, { key, kind, unit: ended.ward }, event.at);
}
