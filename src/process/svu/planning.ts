import { happened } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import { everyUnit, isRefused } from '../case/questions.js';
import { endTodos } from '../case/todos.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isInstant, localDateOf } from '../time.js';
import type { Command, HsaId, Instant, ProcessEvent, UserActor } from '../vocabulary.js';
import { wrongPhase } from './guards.js';
import { tell } from './notices.js';
import { asksForPlanning, isDone, isPlanner, planners } from './planning-state.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';
import type { SvuState } from './state.js';

/** `welcomeFrom`: from when the patient is welcome home, as the municipality says. */
export type PlanningCommand = Command<'report-planning-done', { readonly welcomeFrom?: Instant }>;

export type PlanningEvent = ProcessEvent<
  'PlanningReported',
  { readonly unit: HsaId; readonly welcomeFrom?: Instant }
>;

export const planning: Subject<SvuState, PlanningCommand, PlanningEvent> = {
  decide: { 'report-planning-done': decideReport },
  evolve: { PlanningReported: evolveReported },
};

/** SVU-27: a unit of outpatient care or the municipality says that its own planning is done. Said again otherwise, it is changed. */
function decideReport(command: PlanningCommand, state: SvuState): Decision<PlanningEvent> {
  const admission = admit(command, state, { phases: ['published'], wrongPhase });
  if (admission.rejected !== undefined) return admission.rejected;
  const { user } = admission;
  if (!policyOfSvu(state).planningReported) return reject('planning-not-reported-here');
  if (!isPlanner(state, user.unit)) return reject('only-planners-report-planning');
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum');
  if (state.sharing === 'minimum') return reject('publish-in-full-first');
  const { welcomeFrom } = command.data;
  const fault = faultInWelcome(command, state, user);
  if (fault !== undefined) return fault;
  const { unit } = user;
  if (isDone(state, unit) && state.planning?.[unit]?.welcomeFrom === welcomeFrom) return accept();
  return accept(
    happened(command, 'PlanningReported', { unit, ...(welcomeFrom === undefined ? {} : { welcomeFrom }) }),
  );
}

/** SVU-27: the municipality says from when the patient is welcome: one of its units, at the latest the last to be done. */
function faultInWelcome(
  { data: { welcomeFrom }, at }: PlanningCommand,
  state: SvuState,
  { unit, side }: UserActor,
): Decision<never> | undefined {
  const field = 'welcomeFrom';
  if (side === 'outpatient') {
    return welcomeFrom === undefined ? undefined : reject('welcome-home-of-municipality', { field });
  }
  if (welcomeFrom === undefined) {
    const others = planners(state, 'municipality').filter((each) => each !== unit);
    const stated = others.some((each) => isDone(state, each) && state.planning?.[each]?.welcomeFrom);
    const last = others.every((each) => isDone(state, each));
    return last && !stated ? reject('welcome-home-missing', { field }) : undefined;
  }
  if (!isInstant(welcomeFrom)) return reject('time-not-understood', { field });
  // Of the same day it may be said afterwards: who prepared the home could not write.
  return localDateOf(welcomeFrom) < localDateOf(at) ? reject('welcome-home-passed', { field }) : undefined;
}

/** Everybody who plans is told, and the unit has done what it was asked (SVU-27). */
function evolveReported(state: SvuState, event: PlanningEvent): SvuState {
  const { unit, welcomeFrom } = event.data;
  const own = { at: event.at, ...(welcomeFrom === undefined ? {} : { welcomeFrom }) };
  const reported: SvuState = { ...state, planning: { ...state.planning, [unit]: own } };
  const done = endTodos(reported, (todo) => asksForPlanning(todo) && todo.unit === unit, 'completed', event);
  return tell(done, 'planning-done', everyUnit(state), { unit, welcomeFrom }, event);
}
