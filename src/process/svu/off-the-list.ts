import type { Decision } from '../rejections/rejection.js';
import { hoursAfter, isBefore } from '../time.js';
import type { Instant } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';

/** SVU-24, VIEW-8: the rejection once a discharged case has left the list. */
export function offTheList(state: SvuState, at: Instant): Decision<never> | undefined {
  const hours = policyOfSvu(state).listedAfterDischargeHours;
  return state.discharge !== undefined && isBefore(hoursAfter(state.discharge.at, hours), at)
    ? reject('undo-too-late', { values: { hours: String(hours) } })
    : undefined;
}
