import type { Notice } from '../vocabulary.js';
import { policyOfSvu } from './settings.js';
import type { SvuState } from './state.js';

/** SVU-21: whether staff write where a patient is discharged to, for the policy has no places. Then it is no more in the minimum than what else they write (CON-5). */
export const writesPlaceFreely = (state: Pick<SvuState, 'policy'>): boolean =>
  policyOfSvu(state).dischargedTo.length === 0;

/** A notice of a discharge without a place that staff wrote freely; any other notice as it is. */
export function withoutFreePlace<Of extends Notice>(state: Pick<SvuState, 'policy'>, notice: Of): Of {
  if (notice.kind !== 'discharge' || !writesPlaceFreely(state)) return notice;
  const { dischargedTo: _written, ...content } = notice.content;
  return { ...notice, content };
}

/** CON-5: the case forgets such a place, in what stands of its discharge and in the notices that told it. */
export function forgetFreePlace(state: SvuState): SvuState {
  if (!writesPlaceFreely(state)) return state;
  const notices = Object.entries(state.notices).map(
    ([key, notice]) => [key, withoutFreePlace(state, notice)] as const,
  );
  const { discharge, ...rest } = state;
  const placeless: SvuState = { ...rest, notices: Object.fromEntries(notices) };
  if (discharge === undefined) return placeless;
  const { dischargedTo: _written, ...told } = discharge;
  return { ...placeless, discharge: told };
}
