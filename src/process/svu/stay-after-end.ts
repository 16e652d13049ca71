import type { ToldOfStay } from '../case/told-of-stay.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';
import { isCertainlyOf } from './stay-of-case.js';

/**
 * A case that is over hears of its own stay alone: what makes its discharge wrong after all (SVU-24), or that the stay is there after
 * all, for which it was annulled.
 */
export function commandsForEnded(
  state: SvuState,
  { stay, fact, stayUnderWay, openCase: openSvu, at, by }: ToldOfStay,
): readonly SvuCommand[] {
  const envelope = { at, by };
  if (state.phase === 'annulled') {
    const restored = fact.kind === 'admitted' && stay.before?.status === 'cancelled';
    if (!restored || !isCertainlyOf(state, stay.id, stay.before)) return [];
    const data = openSvu === undefined ? {} : { openSvu };
    return [{ type: 'note-admission-restored', ...envelope, data }];
  }
  if (state.stayId !== stay.id) return [];
  const other = openSvu === undefined ? {} : { openSvu };
  const goesOn = { type: 'note-discharge-cancelled', ...envelope, data: other } as const;
  switch (fact.kind) {
    case 'admission-cancelled':
      return [{ type: 'note-admission-cancelled', ...envelope, data: { elsewhere: stayUnderWay } }];
    case 'admitted': {
      if (stay.before?.status !== 'cancelled') return [];
      const restored = { type: 'note-admission-restored', ...envelope, data: {} } as const;
      return stay.now.status === 'in-progress' ? [restored, goesOn] : [restored];
    }
    case 'discharge-cancelled':
      return [goesOn];
    case 'discharged': {
      const data = { dischargedAt: fact.dischargedAt ?? fact.occurredAt };
      return [{ type: 'note-journal-discharge', ...envelope, data }];
    }
    default:
      return [];
  }
}
