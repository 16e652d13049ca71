import { happened } from '../case/event.js';
import type { Moment } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import type { StepGuard } from '../case/guards.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { dropTodos, endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isInstant, localDateOf } from '../time.js';
import type { Command, Instant, ProcessEvent, Todo } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { wrongPhase } from './guards.js';
import { reject } from './rejections.js';
import { tell } from './notices.js';

/** When the patient comes home, and whether somebody of the municipality meets her there. */
type Homecoming = { readonly homeAt: Instant; readonly met: boolean };

export type HomecomingCommand = Command<'state-homecoming', Homecoming>;

export type HomecomingEvent = ProcessEvent<'HomecomingStated', Homecoming>;

export const homecoming: Subject<SvuState, HomecomingCommand, HomecomingEvent> = {
  decide: { 'state-homecoming': decideState },
  evolve: { HomecomingStated: evolveStated },
};

const guard: StepGuard = {
  side: ['municipality', reject('only-municipality-states-homecoming')],
  wrongPhase,
  phases: ['published'],
};

/** SVU-37: the municipality states the time of going home and whether somebody meets. Stated again, it is changed. */
function decideState(command: HomecomingCommand, state: SvuState): Decision<HomecomingEvent> {
  const { rejected } = admit(command, state, guard);
  if (rejected !== undefined) return rejected;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum', { field: 'homeAt' });
  const { homeAt, met } = command.data;
  if (!isInstant(homeAt)) return reject('time-not-understood', { field: 'homeAt' });
  // Of the same day it may be stated afterwards: who was on the road could not write.
  if (localDateOf(homeAt) < localDateOf(command.at)) return reject('homecoming-passed', { field: 'homeAt' });
  const { homecoming: stated } = state;
  if (stated?.standing === true && stated.homeAt === homeAt && stated.met === met) return accept();
  return accept(happened(command, 'HomecomingStated', { homeAt, met }));
}

/** Everybody who plans is told; what the municipality was asked is answered (SVU-37). */
function evolveStated(state: SvuState, event: HomecomingEvent): SvuState {
  const { homeAt, met } = event.data;
  const unit = event.by.kind === 'user' ? event.by.unit : '';
  const stated: SvuState = { ...state, homecoming: { unit, homeAt, met, standing: true } };
  const own = endTodos(stated, (todo) => asksForIt(todo) && todo.unit === unit, 'completed', event);
  const answered = endTodos(own, asksForIt, 'cancelled', event);
  return tell(answered, 'homecoming', everyUnit(state), { homeAt, met: String(met) }, event);
}

const asksForIt = ({ kind }: Todo): boolean => kind === 'state-homecoming';

/** CON-5: a refusal makes the case forget the time; it is asked for anew when all is shared again. */
export function forgetHomecoming(state: SvuState, event: Moment): SvuState {
  const { homecoming } = state;
  if (homecoming === undefined) return state;
  const forgotten: SvuState = {
    ...state,
    homecoming: { unit: homecoming.unit, standing: false, untold: 'shared-again' },
  };
  return dropTodos(forgotten, asksForIt, event);
}
