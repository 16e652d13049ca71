import { unitsOf } from '../case/questions.js';
import type { HsaId, Todo } from '../vocabulary.js';
import type { SvuState } from './state.js';

/** Who plans for themselves before the patient goes home (SVU-27). */
const planningSides = ['outpatient', 'municipality'] as const;
type PlanningSide = (typeof planningSides)[number];

/** Whether a unit is of a side that plans. */
export function isPlanner({ participants }: SvuState, unit: HsaId): boolean {
  const side = participants[unit]?.side;
  return planningSides.some((each) => each === side);
}

/** The units of the sides that plan and see what they plan for, in the order of their ids; by default of both sides. */
export function planners(state: SvuState, ...sides: readonly PlanningSide[]): readonly HsaId[] {
  return unitsOf(state, ...(sides.length === 0 ? planningSides : sides)).filter(
    (unit) => state.participants[unit]?.seesContent === true,
  );
}

/** Whether what a unit said of its planning stands: it said it, and its ground has not moved since (src/process/svu/planning-ground.ts). */
export function isDone({ planning }: SvuState, unit: HsaId): boolean {
  const own = planning?.[unit];
  return own !== undefined && own.untold === undefined;
}

/** Whether a to-do asks a unit to say that its planning is done. */
export const asksForPlanning = ({ kind }: Pick<Todo, 'kind'>): boolean => kind === 'report-planning-done';
