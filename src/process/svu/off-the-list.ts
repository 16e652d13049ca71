import type { Decision } from '../rejections/rejection.js';
import { hoursAfter, isBefore } from '../time.js';
import type { Instant } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';

/** VIEW-8: until when a discharged case is on the lists of its units; undefined where it is not discharged. */
export function listedUntil(state: SvuState): Instant | undefined {
  const { discharge } = state;
  return discharge === undefined
    ? undefined
    : hoursAfter(discharge.at, policyOfSvu(state).listedAfterDischargeHours);
}

/** SVU-24, VIEW-8: the rejection once a discharged case has left the list. */
export function offTheList(state: SvuState, at: Instant): Decision<never> | undefined {
  const until = listedUntil(state);
  return until !== undefined && isBefore(until, at)
    ? reject('undo-too-late', { values: { hours: String(policyOfSvu(state).listedAfterDischargeHours) } })
    : undefined;
}
