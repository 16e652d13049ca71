import { happened, stated } from '../../../src/process/case/event.js';
import type { Moment } from '../../../src/process/case/event.js';
import { admit, faultInText } from '../../../src/process/case/guards.js';
import type { StepGuard, WrongPhase } from '../../../src/process/case/guards.js';
import { handOverTodos } from '../../../src/process/case/hand-over-todos.js';
import { tell } from '../../../src/process/case/notices.js';
import { currentDecision, everyUnit, isRefused } from '../../../src/process/case/questions.js';
import type { RulesOfKind } from '../../../src/process/case/rules-of-kind.js';
import { sharedSubjects } from '../../../src/process/case/shared-subjects.js';
import type { SharedCommand, SharedEvent } from '../../../src/process/case/shared-subjects.js';
import { endTodos, openTodo } from '../../../src/process/case/todos.js';
import type { Decider } from '../../../src/process/decider.js';
import { accept } from '../../../src/process/rejections/rejection.js';
import { decideBy, evolveBy, together } from '../../../src/process/subject.js';
import type { Subject } from '../../../src/process/subject.js';
import type { Command, ProcessEvent } from '../../../src/process/vocabulary.js';
import { blank, decideOpen, opened } from './opening.js';
import type { OpeningCommand, OpeningEvent } from './opening.js';
import { followUpTables, policyOfFollowUp, reject } from './rows.js';
import type { FollowUpState } from './state.js';

type SharingCommand = Command<'share', Record<string, never>>;
type FinishingCommand = Command<'finish', { readonly result?: string }>;
export type FollowUpCommand = OpeningCommand | SharedCommand | SharingCommand | FinishingCommand;

type SharingEvent = ProcessEvent<'FollowUpShared', { readonly minimum: boolean }>;
type FinishingEvent = ProcessEvent<'FollowUpFinished', { readonly result?: string }>;
export type FollowUpEvent = OpeningEvent | SharedEvent | SharingEvent | FinishingEvent;

const wrongPhase: WrongPhase = {
  draft: reject('follow-up-not-shared'),
  published: reject('follow-up-shared-already'),
};

/** The step of the side that opened the follow-up, whichever that is. */
const ofWhoOpened = { side: ['opener', reject('only-who-opened-leads')], wrongPhase } satisfies StepGuard;

/** What the rules that every case shares ask of a follow-up. */
const rules: RulesOfKind<FollowUpState> = {
  tables: followUpTables,
  wrongPhase,
  lastOfOpeners: (detail) => reject('last-unit-of-opener', detail),
  leaderLeavesItself: (detail) => reject('leader-hands-over-itself', detail),
  leaderOf: ({ leader }) => leader,
  ledBy: (state, leader) => ({
    ...handOverTodos(followUpTables.todos, state, state.leader, leader),
    leader,
  }),
  handedOver: (state) => state,
  joined: (state, unit, event) =>
    state.phase === 'published' ? ask(tellShared(state, [unit], event), unit, event) : state,
  stayGivenUp: (state) => state,
  forget: ({ purpose: _forgotten, ...state }, event) =>
    endTodos(state, ({ kind }) => kind === 'visit-at-home', 'cancelled', event),
  hidesHospital: () => false,
  sharesText: (state) => !isRefused(state),
};

/** The first step: the others are told and asked to acknowledge; under a refusal without its purpose (CON-5). */
const sharing: Subject<FollowUpState, SharingCommand, SharingEvent> = {
  decide: {
    share(command, state) {
      const { rejected } = admit(command, state, { ...ofWhoOpened, phases: ['draft'] });
      if (rejected !== undefined) return rejected;
      if (currentDecision(state) === undefined) return reject('decision-missing');
      return accept(happened(command, 'FollowUpShared', { minimum: isRefused(state) }));
    },
  },
  evolve: {
    FollowUpShared(state, event) {
      const shared: FollowUpState = {
        ...state,
        phase: 'published',
        publishedAt: event.at,
        sharing: event.data.minimum ? 'minimum' : 'full',
      };
      const units = everyUnit(shared);
      return units.reduce((each, unit) => ask(each, unit, event), tellShared(shared, units, event));
    },
  },
};

/** The second step: the follow-up is over, and nothing is left to do. */
const finishing: Subject<FollowUpState, FinishingCommand, FinishingEvent> = {
  decide: {
    finish(command, state) {
      const { rejected } = admit(command, state, { ...ofWhoOpened, phases: ['published'] });
      if (rejected !== undefined) return rejected;
      const result = stated(command.data.result);
      return (
        faultInText(state, result, 'result') ??
        accept(happened(command, 'FollowUpFinished', result === undefined ? {} : { result }))
      );
    },
  },
  evolve: {
    FollowUpFinished(state, event) {
      const done = endTodos(state, ({ kind }) => kind === 'finish-follow-up', 'completed', event);
      const over = endTodos({ ...done, phase: 'finished' as const }, () => true, 'cancelled', event);
      return tell(followUpTables.notices, over, 'follow-up-finished', everyUnit(over), event.data, event);
    },
  },
};

const tellShared = (state: FollowUpState, units: readonly string[], event: Moment): FollowUpState =>
  tell(
    followUpTables.notices,
    state,
    'follow-up-shared',
    units,
    { until: state.until, purpose: state.purpose },
    event,
  );

/** Who takes part is asked to acknowledge, and the municipality to visit the patient where it may be told what for. */
function ask(state: FollowUpState, unit: string, { at }: Moment): FollowUpState {
  if (unit === state.leader) return state;
  const key = `acknowledge-follow-up:${unit}`;
  const { todos } = followUpTables;
  const asked = openTodo(todos, state, { key, kind: 'acknowledge-follow-up', unit }, at);
  if (state.participants[unit]?.side !== 'municipality' || state.purpose === undefined) return asked;
  if (!policyOfFollowUp(state).followUpVisits) return asked;
  const visit = `visit-at-home:${unit}`;
  return openTodo(todos, asked, { key: visit, kind: 'visit-at-home', unit }, at);
}

const subjects: Subject<
  FollowUpState,
  Exclude<FollowUpCommand, OpeningCommand>,
  Exclude<FollowUpEvent, OpeningEvent>
> = together(sharedSubjects(rules, { register: ofWhoOpened, deregister: ofWhoOpened }), sharing, finishing);

/** Every event that this program knows of a follow-up. */
export const followUpEvents: ReadonlySet<string> = new Set([
  'FollowUpOpened',
  ...Object.keys(subjects.evolve),
]);

export const followUp: Decider<FollowUpState, FollowUpCommand, FollowUpEvent> = {
  decide(command, state) {
    if (command.type === 'open') return decideOpen(command, state);
    if (state === undefined) return reject('no-such-case');
    return decideBy(subjects, command, state) ?? reject('step-unknown');
  },
  evolve(state, event) {
    if (event.type === 'FollowUpOpened') return opened(event);
    return evolveBy(subjects, state ?? blank(event), event);
  },
};
