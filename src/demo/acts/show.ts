import type { CarePlan, Task } from 'fhir/r4.js';
import { extensions } from '../../projection/codes/codes.js';
import type { Timeline } from '../timeline.js';

/** Prints the state of each step of the case. */
export function showSteps(timeline: Timeline, plan: CarePlan): void {
  const parts = (plan.extension ?? [])
    .filter(({ url }) => url === extensions.stepState)
    .map(({ extension = [] }) =>
      extension
        .map(({ valueCoding }) => valueCoding?.display ?? '')
        .filter(Boolean)
        .join(': '),
    );
  timeline.result(parts.join(' · '));
}

/** What a to-do asks, in Swedish. */
export const codeText = (todo: Task): string => todo.code?.text ?? todo.code?.coding?.[0]?.display ?? '';
