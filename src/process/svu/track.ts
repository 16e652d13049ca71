import type { Moment } from '../case/event.js';
import { currentDecision, isRefused } from '../case/questions.js';
import { endTodos, openTodo } from '../case/todos.js';
import type { Track, TrackStep } from '../form/track-colour.js';
import { daysAfter, endOfDay } from '../time.js';
import type { HsaId, Instant, LocalDate, Todo } from '../vocabulary.js';
import { contactUnits } from './ask-contact.js';
import { dropAsked } from './documents-asked.js';
import { planners } from './planning-state.js';
import type { SvuState, SvuTodoKind } from './state.js';
import { svuTables } from './tables.js';

/** The track of the case (PLB-3); undefined while the planning basis gives none. */
export const trackOfCase = ({ standings }: SvuState): Track | undefined =>
  standings?.['planning-basis']?.track;

/** PLB-4: the last day on which the patient is to be at home, where the track says one and she is ready. */
export function homeByOf(state: SvuState): LocalDate | undefined {
  const { ready } = state;
  if (ready === undefined || trackOfCase(state)?.follows.includes('home-within-a-day') !== true)
    return undefined;
  return daysAfter(ready.countsFrom ?? ready.date, 1);
}

/** What a track asks, of whom and until when. What is left out asks nobody anything: it is shown. */
type Asked = {
  readonly kind: SvuTodoKind;
  readonly units: (state: SvuState) => readonly HsaId[];
  readonly until?: (state: SvuState) => Instant | undefined;
  /** It concerns the SIP. */
  readonly ofSip?: true;
};

function endOfHomeDay(state: SvuState): Instant | undefined {
  const day = homeByOf(state);
  return day === undefined ? undefined : endOfDay(day);
}

/** V: Ö decides on, and calls to, the SIP. Until the hub has a SIP that is said by hand. */
const askedBy: Readonly<Partial<Record<TrackStep, Asked>>> = {
  'home-within-a-day': {
    kind: 'receive-at-home',
    units: (state) => (homeByOf(state) === undefined ? [] : planners(state, 'municipality')),
    until: endOfHomeDay,
  },
  'outpatient-decides-on-sip': { kind: 'decide-on-sip', units: contactUnits, ofSip: true },
  'invite-to-sip': {
    kind: 'invite-to-sip',
    units: contactUnits,
    until: ({ ready }) => ready && endOfDay(ready.date),
    ofSip: true,
  },
  'pre-meeting-required': { kind: 'hold-pre-meeting', units: contactUnits },
  'decide-when-sip': { kind: 'decide-when-sip', units: contactUnits, ofSip: true },
};

const kinds: ReadonlySet<string> = new Set(Object.values(askedBy).map(({ kind }) => kind));
const isOfTrack = ({ kind }: Todo): boolean => kinds.has(kind);

/**
 * PLB-4: asks what the track of the case asks, for as long as it is of that track. Looked at after every event: a saved answer, ready, who
 * takes part, and consent move it.
 */
export function followTrack(_before: SvuState, now: SvuState, event: Moment): SvuState {
  if (now.standings === undefined) return now;
  // CON-5: the minimum has no track.
  if (now.sharing !== 'full' || isRefused(now)) return dropAsked(now, isOfTrack, event);
  // Over or frozen, what was asked is interrupted and comes back (SVU-24, PAT-6).
  if (now.phase !== 'published' || now.frozen || currentDecision(now) === undefined) return now;
  const wanted = (trackOfCase(now)?.follows ?? []).flatMap((step) => {
    const asked = askedBy[step];
    // SVU-31: a coordinated care plan takes the place of SIP and invitation.
    if (asked?.ofSip === true && now.coordinatedCarePlan !== undefined) return [];
    return asked?.units(now).map((unit) => ({ asked, unit, key: `${asked.kind}:${unit}` })) ?? [];
  });
  const keys = new Set(wanted.map(({ key }) => key));
  const idle = (todo: Todo): boolean => isOfTrack(todo) && !keys.has(todo.key);
  const isIdle = Object.values(now.todos).some((todo) => todo.state === 'requested' && idle(todo));
  const kept = isIdle ? endTodos(now, idle, 'cancelled', event) : now;
  return wanted.reduce((state, { asked: { kind, until }, unit, key }) => {
    const deadline = until?.(now);
    const there = state.todos[key];
    // What a discharge has ended is asked again when it is undone.
    if (there?.state === 'completed' && svuTables.todos[kind].endsByItsStep !== true) return state;
    if (there?.state === 'requested') return moved(state, there, deadline);
    const todo = { key, kind, unit, ...(deadline === undefined ? {} : { deadline }) };
    return openTodo(svuTables.todos, state, todo, event.at);
  }, kept);
}

function moved(state: SvuState, { deadline: was, ...todo }: Todo, deadline: Instant | undefined): SvuState {
  if (was === deadline) return state;
  const now = (deadline === undefined ? todo : { ...todo, deadline }) as SvuState['todos'][string];
  return { ...state, todos: { ...state.todos, [todo.key]: now } };
}
