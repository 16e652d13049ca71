import { reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { RejectionCode } from '../rejections/rejection-texts.js';
import type { Responsibility, Side, UserActor } from '../vocabulary.js';
import type { SvuCommand } from '../svu/commands.js';
import { stated } from './event.js';
import { currentDecision, isOpen, isRefused, keepsText } from './questions.js';
import type { SvuState } from '../svu/state.js';

/** What a step asks of the one who takes it and of the case. */
export type StepGuard = {
  readonly responsibility?: Responsibility;
  /** The one side that may take the step, and the refusal for all others. */
  readonly side?: readonly [Side, RejectionCode];
  /** Phases in which the step is possible; by default while the case is open. */
  readonly phases?: readonly SvuState['phase'][];
  /** True: also on a frozen case (PAT-6). */
  readonly frozen?: boolean;
};

const open: readonly SvuState['phase'][] = ['draft', 'published'];

const wrongPhase: Readonly<Record<SvuState['phase'], RejectionCode>> = {
  draft: 'not-published',
  published: 'not-discharged',
  discharged: 'case-locked',
  annulled: 'case-annulled',
};

/**
 * Who may take a step, and when. The order matters: nothing about the case is told to one who does not take part (ACC-1,
 * ACC-2), and nothing about its progress on a frozen one (PAT-6).
 *
 * @returns the user acting, or the refusal
 */
export function admit(
  command: SvuCommand,
  state: SvuState,
  guard: StepGuard,
): { readonly user: UserActor; readonly refusal?: undefined } | { readonly refusal: Decision<never> } {
  const { by } = command;
  if (by.kind !== 'user') return { refusal: reject('user-required') };
  const code = refusalOf(by, state, guard);
  if (code === undefined) return { user: by };
  return {
    refusal:
      code === 'role-lacks-responsibility'
        ? reject(code, { values: { responsibility: guard.responsibility ?? 'write' } })
        : reject(code),
  };
}

function refusalOf(by: UserActor, state: SvuState, guard: StepGuard): RejectionCode | undefined {
  const participant = state.participants[by.unit];
  if (participant === undefined) return 'not-participating';
  if (state.publishedAt === undefined && participant.side !== 'hospital') {
    return 'draft-seen-by-hospital-only';
  }
  if (state.frozen && guard.frozen !== true) return 'case-frozen';
  if (!by.responsibilities.includes(guard.responsibility ?? 'write')) return 'role-lacks-responsibility';
  if (guard.side !== undefined && participant.side !== guard.side[0]) return guard.side[1];
  if (!(guard.phases ?? open).includes(state.phase)) return wrongPhase[state.phase];
  return undefined;
}

/** The guard of a step of the hospital. */
export function hospitalStep(
  otherwise: RejectionCode,
  phases: readonly SvuState['phase'][] = open,
): StepGuard {
  return { side: ['hospital', otherwise], phases };
}

/** Facts are told by systems; a user who claims one is refused. */
export function fromOutside(command: SvuCommand): Decision<never> | undefined {
  return command.by.kind === 'system' ? undefined : reject('fact-from-a-user');
}

/** A case that is over or frozen takes no facts: they show in the stay, and a frozen case takes no new data (PAT-6). */
export const listens = (state: SvuState): boolean => isOpen(state) && !state.frozen;

/** CON-8: nothing new is published while no decision stands. */
export function withoutDecision(state: SvuState): Decision<never> | undefined {
  return currentDecision(state) === undefined ? reject('no-current-decision') : undefined;
}

/** A text that would not be kept is refused, never dropped without a word (CON-5, CON-8). */
export function faultInText(
  state: SvuState,
  text: string | undefined,
  field: string,
): Decision<never> | undefined {
  if (stated(text) === undefined || keepsText(state)) return undefined;
  return reject(isRefused(state) ? 'refusal-shares-minimum' : 'no-text-without-decision', { field });
}
