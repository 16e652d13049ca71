import type { Moment } from '../case/event.js';
import { unitsOf } from '../case/questions.js';
import { receivingSides } from './receiving-sides.js';
import { dropTodos, openTodo } from '../case/todos.js';
import type { HsaId, Instant } from '../vocabulary.js';
import { readyAcknowledgedBy } from './ready-day.js';
import type { AcknowledgedStep, SvuState, SvuTodoKind } from './state.js';
import { svuTables } from './tables.js';
import { policyOfSvu } from './settings.js';

/** The key of a unit's acknowledgement in one round of a step. */
export function acknowledgementKey(step: AcknowledgedStep, unit: HsaId, round: number): string {
  return `${acknowledgementKind[step]}:${unit}:${round}`;
}

export const acknowledgementKind = {
  'admission-notice': 'acknowledge-admission-notice',
  'planned-discharge': 'acknowledge-planned-discharge',
  ready: 'acknowledge-ready',
} as const satisfies Record<AcknowledgedStep, SvuTodoKind>;

/** Who acknowledges a step: ready is acknowledged by Ö and K (SVU-13), the rest by every receiving unit (SVU-7, SVU-9). */
export function acknowledgers(state: SvuState, step: AcknowledgedStep): readonly HsaId[] {
  const units =
    step === 'ready' ? unitsOf(state, 'outpatient', 'municipality') : unitsOf(state, ...receivingSides);
  return units.filter((unit) => state.participants[unit]?.seesContent === true);
}

/** Opens a new round of a step's acknowledgement; what is left of the rounds before goes away. */
export function openRound(state: SvuState, step: AcknowledgedStep, about: string, moment: Moment): SvuState {
  const round = state.rounds[step] + 1;
  const ended = closeRound(state, step, moment);
  const started = { ...ended, rounds: { ...ended.rounds, [step]: round } };
  return acknowledgers(started, step).reduce(
    (each, unit) => openAcknowledgement(each, step, unit, about, moment.at),
    started,
  );
}

/** Cancels what is still to acknowledge of a step, also when the discharge is undone later. */
export function closeRound(state: SvuState, step: AcknowledgedStep, moment: Moment): SvuState {
  return dropTodos(state, (todo) => todo.kind === acknowledgementKind[step], moment);
}

/** Asks a unit to acknowledge a step's current round; ready by its time, where the policy gives one (SVU-34). */
export function openAcknowledgement(
  state: SvuState,
  step: AcknowledgedStep,
  unit: HsaId,
  about: string,
  at: Instant,
): SvuState {
  const deadline = step === 'ready' ? readyAcknowledgedBy(policyOfSvu(state), at) : undefined;
  return openTodo(
    svuTables.todos,
    state,
    {
      key: acknowledgementKey(step, unit, state.rounds[step]),
      kind: acknowledgementKind[step],
      unit,
      about,
      ...(deadline === undefined ? {} : { deadline }),
    },
    at,
  );
}
