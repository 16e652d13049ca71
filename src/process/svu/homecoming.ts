import { happened } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import type { StepGuard } from '../case/guards.js';
import { tell } from '../case/notices.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isInstant, localDateOf } from '../time.js';
import type { Command, Instant, Notice, ProcessEvent } from '../vocabulary.js';
import type { SvuState } from './state.js';

/** When the patient comes home, and whether somebody of the municipality meets her there. */
type Homecoming = { readonly homeAt: Instant; readonly met: boolean };

export type HomecomingCommand = Command<'state-homecoming', Homecoming>;

export type HomecomingEvent = ProcessEvent<'HomecomingStated', Homecoming>;

export const homecoming: Subject<SvuState, HomecomingCommand, HomecomingEvent> = {
  decide: { 'state-homecoming': decideState },
  evolve: { HomecomingStated: evolveStated },
};

const guard: StepGuard = {
  side: ['municipality', 'only-municipality-states-homecoming'],
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
  const stated = standing(state)?.content;
  if (stated?.['homeAt'] === homeAt && stated['met'] === String(met)) return accept();
  return accept(happened(command, 'HomecomingStated', { homeAt, met }));
}

/** What was stated last, unless ready was withdrawn after it: then it is to be stated again. */
function standing(state: SvuState): Notice | undefined {
  const last = Object.values(state.notices)
    .filter(({ kind }) => kind === 'homecoming' || kind === 'ready-withdrawn')
    .reduce<Notice | undefined>(
      (latest, each) => (latest === undefined || latest.sentAt <= each.sentAt ? each : latest),
      undefined,
    );
  return last?.kind === 'homecoming' ? last : undefined;
}

/** Everybody who plans is told. */
function evolveStated(state: SvuState, event: HomecomingEvent): SvuState {
  const { homeAt, met } = event.data;
  return tell(state, 'homecoming', everyUnit(state), { homeAt, met: String(met) }, event);
}
