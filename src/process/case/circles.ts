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
/** `circle`: its name; earlier versions left it out (`circleOf`). */
export type CircleEvent = ProcessEvent<'CircleFormed', Circle & { readonly circle?: string }>;

/** Events that change nothing that anybody reads, so that nobody who follows cases is told: that two write to each other is theirs (MSG-1). */
export const toldToNobody: ReadonlySet<string> = new Set<CircleEvent['type']>(['CircleFormed']);

/** So many circles a case may have: each costs every step of the case a right for each of its units. */
export const mostCircles = 100;

/** The name of the first circle of some units: the same for the same units. */
export const circleOf = (units: readonly HsaId[]): string => [...new Set(units)].toSorted().join(' ');

/**
 * The name of the circle that these units read alone, whether it is there or still to be formed. One that another unit has joined
 * (`circlesOfSuccessor`) keeps what was told to it and takes nothing more: the units have a further one, with its number.
 */
export function circleFor({ circles = {} }: CaseState, units: readonly HsaId[]): string {
  const first = circleOf(units);
  const isOpen = (name: string) => circles[name] === undefined || circleOf(circles[name]) === first;
  let name = first;
  for (let number = 2; !isOpen(name); number += 1) name = `${first}#${number}`;
  return name;
}

/** Who reads now what was sent to a circle, as far as they take part. @param units whom it was formed of */
export const membersOf = (state: CaseState, circle: string, units: readonly HsaId[]): readonly HsaId[] =>
  (state.circles?.[circle] ?? units).filter((unit) => state.participants[unit] !== undefined);

/** Whether the case has no room for a circle that is not there yet. */
export const isFullFor = ({ circles = {} }: CaseState, circle: string): boolean =>
  circles[circle] === undefined && Object.keys(circles).length >= mostCircles;

/** MSG-1: circles of a case of any kind. */
export function circles<State extends CaseState>(): Subject<State, CircleCommand, CircleEvent> {
  return {
    decide: {
      'form-circle': (command, state): Decision<CircleEvent> => {
        const { rejected } = admit(command, state, { phases: ['published'] });
        if (rejected !== undefined) return rejected;
        const { units } = command.data;
        const circle = circleFor(state, units);
        return state.circles?.[circle] === undefined
          ? accept(happened(command, 'CircleFormed', { units, circle }))
          : accept();
      },
    },
    evolve: {
      CircleFormed: evolveFormed,
    },
  };
}

function evolveFormed<State extends CaseState>(state: State, { data }: CircleEvent): State {
  const { units, circle = circleOf(units) } = data;
  return { ...state, circles: { ...state.circles, [circle]: units } };
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
