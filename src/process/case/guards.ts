import { reject } from '../rejections/rejection.js';
import type { Decision, Rejected } from '../rejections/rejection.js';
import type { Actor, Responsibility, Side, UserActor } from '../vocabulary.js';
import { stated } from './event.js';
import {
  currentDecision,
  draftSide,
  isAnnulled,
  isOpen,
  isRefused,
  keepsText,
  mayLookInto,
} from './questions.js';
import type { CaseState, Participant } from './state.js';

/** Why a step is not possible in a phase that is not one of its own, by the phase. One that is not named here is an end, in words of any case. */
export type WrongPhase = Readonly<Partial<Record<string, Rejected>>>;

/** What a step asks of the one who takes it and of the case. */
export type StepGuard = {
  readonly responsibility?: Responsibility;
  /** The one side that may take the step, or that which opened the case, and the rejection for all others. */
  readonly side?: readonly [Side | 'opener', Rejected];
  /** Of that side, the organisation that has the case alone (ORG-3), and the rejection for all others. */
  readonly ownOrganisation?: Rejected;
  /** Phases in which the step is possible; by default while the case is open. */
  readonly phases?: readonly string[];
  /** Why it is not possible in another phase, in the words of the kind of case. */
  readonly wrongPhase?: WrongPhase;
  /** True: also on a frozen case (PAT-6). */
  readonly frozen?: boolean;
};

const open: readonly string[] = ['draft', 'published'];

type Acting = { readonly by: Actor };

/**
 * Who may take a step, and when. The order matters: nothing about the case is told to one who does not take part (ACC-1,
 * ACC-2), and nothing about its progress on a frozen one (PAT-6).
 *
 * @returns the user acting, or the decision that rejects the step
 */
export function admit(
  { by }: Acting,
  state: CaseState,
  guard: StepGuard,
): { readonly user: UserActor; readonly rejected?: undefined } | { readonly rejected: Decision<never> } {
  if (by.kind !== 'user') return { rejected: reject('user-required') };
  const rejected = hindrance(by, state, guard);
  return rejected === undefined ? { user: by } : { rejected };
}

/** ACC-2: only the side that opened the case sees and changes its draft, whichever side that is. */
export const draftOfAnother = (state: CaseState): Rejected =>
  reject('draft-of-another-side', { values: { side: draftSide(state) } });

function hindrance(by: UserActor, state: CaseState, guard: StepGuard): Rejected | undefined {
  const { responsibility = 'write', phases = open, wrongPhase = {} } = guard;
  const participant = state.participants[by.unit];
  if (participant === undefined) return reject('not-participating');
  if (!mayLookInto(state, participant)) return draftOfAnother(state);
  if (state.frozen && guard.frozen !== true) return reject('case-frozen');
  if (!by.responsibilities.includes(responsibility))
    return reject('role-lacks-responsibility', { values: { responsibility } });
  if (guard.side !== undefined) {
    const [side, otherwise] = guard.side;
    if (participant.side !== (side === 'opener' ? draftSide(state) : side)) return otherwise;
  }
  if (guard.ownOrganisation !== undefined && !isOfCasesOrganisation(state, participant))
    return guard.ownOrganisation;
  if (phases.includes(state.phase)) return undefined;
  return wrongPhase[state.phase] ?? reject(isAnnulled(state) ? 'case-annulled' : 'case-locked');
}

/** A unit of which no organisation is kept opened the case, moved with it, or joined before the organisation was kept. */
const isOfCasesOrganisation = (state: CaseState, { organisation }: Participant): boolean =>
  organisation === undefined || organisation === state.organisation;

/** Facts are told by systems; a user who claims one is rejected. */
export function fromOutside({ by }: Acting): Decision<never> | undefined {
  return by.kind === 'system' ? undefined : reject('fact-from-a-user');
}

/** A case that is over or frozen takes no facts: they show in the stay, and a frozen case takes no new data (PAT-6). */
export const listens = (state: CaseState): boolean => isOpen(state) && !state.frozen;

/** CON-8: nothing new is published while no decision stands. */
export function withoutDecision(state: CaseState): Decision<never> | undefined {
  return currentDecision(state) === undefined ? reject('no-current-decision') : undefined;
}

/** A text that would not be kept is refused, never dropped without a word (CON-5, CON-8). */
export function faultInText(
  state: CaseState,
  text: string | undefined,
  field: string,
): Decision<never> | undefined {
  if (stated(text) === undefined || keepsText(state)) return undefined;
  return reject(isRefused(state) ? 'refusal-shares-minimum' : 'no-text-without-decision', { field });
}
