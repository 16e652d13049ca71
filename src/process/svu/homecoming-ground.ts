import { openOfKind } from '../case/ask-leader.js';
import type { Moment } from '../case/event.js';
import { currentDecision, everyUnit, isRefused, unitsOf } from '../case/questions.js';
import { openTodo } from '../case/todos.js';
import { localDateOf } from '../time.js';
import type { HsaId } from '../vocabulary.js';
import { dayMoved } from './day-moved.js';
import type { GroundMoved } from './ground-moved.js';
import type { StatedHomecoming, SvuState } from './state.js';
import { notBefore, sendNotice } from './notices.js';
import { svuTables } from './tables.js';

/** The kind of the to-do, and with it of its key. */
const kind = 'state-homecoming';

/**
 * SVU-37: what was stated of the going home stands on a day, at a ward and with a unit. When an event has moved one of these the
 * statement does not look current any more: everybody is told, and the municipality is asked to state it anew. Looked at after every
 * event, so that no step has to think of it (decision 84).
 */
export function followGround(
  before: SvuState,
  now: SvuState,
  event: Moment & { readonly type: string },
): SvuState {
  const { homecoming } = now;
  if (homecoming === undefined) return now;
  const because = homecoming.standing ? movedBy(before, now, homecoming, event) : undefined;
  const moved: SvuState =
    because === undefined ? now : { ...now, homecoming: { ...homecoming, standing: false, untold: because } };
  return askAnew(moved, event);
}

function movedBy(
  before: SvuState,
  now: SvuState,
  { homeAt, unit }: StatedHomecoming,
  event: Moment & { readonly type: string },
): GroundMoved | undefined {
  if (now.participants[unit] === undefined) return 'unit-left';
  if (!isOfCatalogue(event)) {
    if (now.ward !== before.ward) return 'ward-changed';
    if (saysWhere.has(event.type) && isMovedElsewhere(before, now, event.type)) return 'ward-changed';
  }
  const day = dayMoved(before, now);
  if (day !== undefined || before.ready !== undefined || now.ready === undefined) return day;
  // Ready for the first time is what the statement waits for; it fits unless the patient would go home before that day.
  return homeAt !== undefined && localDateOf(homeAt) < now.ready.date ? 'ready-changed' : undefined;
}

/** A ward that took the place of a closed one has its cases and their questions, and no patient was moved by it (decision 24). */
function isOfCatalogue({ by }: Moment): boolean {
  return by.kind === 'system' && by.system === 'catalogue';
}

/** The events by which a journal says where the patient is. An end of protection or an undone discharge brings the ward's question back, and moves nobody. */
const saysWhere: ReadonlySet<string> = new Set(['MovedElsewhereNoted', 'AddressingFailed', 'WardChanged']);

/** SVU-42: to or between wards where the case cannot follow, or back from one. Where she has left, no ward is asked, and nothing has moved. */
function isMovedElsewhere(before: SvuState, now: SvuState, event: string): boolean {
  const was = elsewhereOf(before);
  const is = elsewhereOf(now);
  return is === undefined ? was !== undefined && event === 'WardChanged' : is !== was;
}

/** Where the journal has the patient, where the case cannot follow: the ward of another organisation, or that nobody knows which. */
function elsewhereOf(state: SvuState): string | undefined {
  return openOfKind(state, 'hand-over-case')?.input?.['ward'] ?? state.notAddressed.hospital;
}

/**
 * Tells what was not told, and asks where nobody is asked: whoever stated it, else every unit of the municipality. Not under a refusal,
 * whose minimum has no going home (CON-5), nor while no decision stands (CON-8), nor of a case that is over or frozen: then it is done
 * when the case goes on.
 */
function askAnew(state: SvuState, event: Moment): SvuState {
  const { homecoming } = state;
  if (homecoming === undefined || homecoming.standing) return state;
  if (state.phase !== 'published' || state.frozen) return state;
  if (state.sharing !== 'full' || currentDecision(state) === undefined || isRefused(state)) return state;
  const told = homecoming.untold === undefined ? state : tellUnconfirmed(state, homecoming, event);
  if (Object.values(told.todos).some((todo) => todo.kind === kind && todo.state === 'requested')) return told;
  const units = unitsOf(told, 'municipality').filter((unit) => told.participants[unit]?.seesContent === true);
  const asked = units.includes(homecoming.unit) ? [homecoming.unit] : units;
  return asked.reduce((each, unit) => ask(each, unit, event), told);
}

function tellUnconfirmed(state: SvuState, homecoming: StatedHomecoming, event: Moment): SvuState {
  const { untold: because, ...rest } = homecoming;
  const content = { formerHomeAt: homecoming.homeAt, because };
  const moment = notBefore(state, 'homecoming', event);
  const { state: sent, key } = sendNotice(state, 'homecoming-unconfirmed', everyUnit(state), content, moment);
  return { ...sent, homecoming: { ...rest, notice: key } };
}

/** A to-do of its own each time, so that what was answered before stays answered. */
function ask(state: SvuState, unit: HsaId, event: Moment): SvuState {
  const of = `${kind}:${unit}:`;
  const number = Object.keys(state.todos).filter((key) => key.startsWith(of)).length + 1;
  const about = state.homecoming?.notice;
  return openTodo(
    svuTables.todos,
    state,
    {
      key: `${of}${number}`,
      kind,
      unit,
      ...(about === undefined ? {} : { about }),
    },
    event.at,
  );
}
