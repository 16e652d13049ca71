import type { HsaId, Instant } from '../vocabulary.js';
import type { SvuEvent } from './subjects.js';
import { isOfHospital } from '../case/questions.js';
import { minimum } from './minimum-content.js';
import { mayName } from './shared-content.js';
import type { SvuState } from './state.js';

/**
 * Whether this unit may be named where everybody who follows cases reads it and keeps it: as `mayName`, and a unit of the
 * hospital not before all is shared, because a patient who refuses later must not be found by what was told of the draft.
 */
export function mayNameToFollowers(state: SvuState, unit: HsaId): boolean {
  const { hospitalUnits } = minimum({ ...state, publishedAt: state.publishedAt ?? state.openedAt });
  return state.sharing === 'full' || mayName(state, { hospitalUnits }, unit);
}

/**
 * Whether a unit that left the case at a moment may be named to followers as one that left: as while it took part, and a receiver of
 * a draft never, because it was not told of the case either (ACC-2).
 */
export function mayNameAsRemoved(state: SvuState, unit: HsaId, leftAt: Instant): boolean {
  const wasTold =
    isOfHospital(state, unit) || (state.publishedAt !== undefined && state.publishedAt <= leftAt);
  return wasTold && mayNameToFollowers(state, unit);
}

/** What the journal tells the ward alone: it changes nothing that a receiver reads. */
const journalEvents: ReadonlySet<string> = new Set<SvuEvent['type']>([
  'JournalDischargeNoted',
  'JournalExpectedDischargeNoted',
  'DischargeCancellationNoted',
  'AdmissionCancellationNoted',
  'AdmissionRestorationNoted',
  'AdmissionElsewhereNoted',
  'AdmissionElsewhereEnded',
  'OtherCareNoted',
  'OtherCareEnded',
  'MovedElsewhereNoted',
  'MovedAfterEndNoted',
  'WardQuestionEnded',
  'StayLinked',
]);

/**
 * Whether a unit is told to followers as one that an event concerns. Where only the minimum is shared, what happens at the hospital
 * concerns the hospital alone: that the patient changed ward or left it, before the notice says so, is not in it (CON-5).
 */
export function concerns(state: SvuState, unit: HsaId, type: string): boolean {
  if (state.sharing !== 'minimum' || isOfHospital(state, unit)) return true;
  if (type === 'WardChanged') return mayNameToFollowers(state, state.ward);
  return !journalEvents.has(type);
}
