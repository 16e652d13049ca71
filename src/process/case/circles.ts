import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, ProcessEvent } from '../vocabulary.js';
import { happened } from './event.js';
import { admit } from './guards.js';
import type { CaseState } from './state.js';

type Circle = { readonly units: readonly HsaId[] };

/** Some of those who take part get something that the others do not read. */
export type CircleCommand = Command<'form-circle', Circle>;
export type CircleEvent = ProcessEvent<'CircleFormed', Circle>;

/** Events that change nothing that anybody reads, so that nobody who follows cases is told: that two write to each other is theirs (MSG-1). */
export const toldToNobody: ReadonlySet<string> = new Set<CircleEvent['type']>(['CircleFormed']);

/** So many circles a case may have: each costs every step of the case a right for each of its units. */
export const mostCircles = 100;

/** The name of the circle of some units: the same for the same units. */
export const circleOf = (units: readonly HsaId[]): string => [...new Set(units)].toSorted().join(' ');

/** Who reads now what was sent to these alone, as far as they take part. */
export const membersOf = (state: CaseState, units: readonly HsaId[]): readonly HsaId[] =>
  (state.circles?.[circleOf(units)] ?? units).filter((unit) => state.participants[unit] !== undefined);

/** Whether the case has no room for a further circle of these units. */
export const isFullFor = ({ circles = {} }: CaseState, units: readonly HsaId[]): boolean =>
  circles[circleOf(units)] === undefined && Object.keys(circles).length >= mostCircles;

/** MSG-1: circles of a case of any kind. */
export function circles<State extends CaseState>(): Subject<State, CircleCommand, CircleEvent> {
  return {
    decide: {
      'form-circle': (command, state): Decision<CircleEvent> => {
        const { rejected } = admit(command, state, { phases: ['published'] });
        if (rejected !== undefined) return rejected;
        const { units } = command.data;
        return state.circles?.[circleOf(units)] === undefined
          ? accept(happened(command, 'CircleFormed', { units }))
          : accept();
      },
    },
    evolve: {
      CircleFormed: evolveFormed,
    },
  };
}

function evolveFormed<State extends CaseState>(state: State, { data: { units } }: CircleEvent): State {
  return { ...state, circles: { ...state.circles, [circleOf(units)]: units } };
}

/** The circles when another unit leads the case: it reads what the one before read (SVU-25, ADR-11). */
export function circlesOfSuccessor<State extends CaseState>(state: State, from: HsaId, to: HsaId): State {
  if (state.circles === undefined || from === to) return state;
  const handed = Object.entries(state.circles).map(([key, units]) => [
    key,
    units.includes(from) && !units.includes(to) ? [...units, to] : units,
  ]);
  return { ...state, circles: Object.fromEntries(handed) as NonNullable<CaseState['circles']> };
}
