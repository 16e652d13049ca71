import type { GroundMoved } from './ground-moved.js';
import type { SvuState } from './state.js';

/** Why the patient does not go home on the day on which it was planned before an event; undefined: as it was. */
export function dayMoved(before: SvuState, now: SvuState): GroundMoved | undefined {
  if (before.phase === 'discharged' && now.phase === 'published') return 'discharge-undone';
  if (now.ready === undefined) {
    if (before.ready !== undefined) return 'ready-withdrawn';
    return now.expectedDischarge === before.expectedDischarge ? undefined : 'planned-discharge-changed';
  }
  return before.ready === undefined || now.ready.date === before.ready.date ? undefined : 'ready-changed';
}
