import { isRefused, nameOf, unitsOf } from '../case/questions.js';
import type { Rejection } from '../rejections/rejection.js';
import { isDone, planners } from './planning-state.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';
import { goesHomeUncalled, hasCalled } from './short-stay.js';
import type { DischargeForm, SvuState } from './state.js';
import type { Instant } from '../vocabulary.js';

/** The warnings of a discharge; each is confirmed by its code. */
export const dischargeWarnings = [
  'no-receiver-of-side',
  'no-contact-calls-to-sip',
  'units-not-ready',
  'receivers-not-contacted',
] as const;
type Warning = Rejection<(typeof dischargeWarnings)[number]>;

/** One function for each warning: what there is to warn of, if anything. */
const warnings: readonly ((
  state: SvuState,
  form: DischargeForm,
  dischargedAt: Instant,
) => Warning | undefined)[] = [sideWithoutReceiver, nobodyCallsToSip, unitsNotReady, receiversNotContacted];

/** What the hospital has to confirm before it publishes a discharge (SVU-21). */
export function warningsOf(state: SvuState, form: DischargeForm, dischargedAt: Instant): readonly Warning[] {
  return warnings.flatMap((warning) => warning(state, form, dischargedAt) ?? []);
}

/** ADR-13: a side gets no notice, because nobody of it takes part. */
function sideWithoutReceiver(state: SvuState): Warning | undefined {
  const missing = (['outpatient', 'municipality'] as const).filter(
    (side) => unitsOf(state, side).length === 0,
  );
  if (missing.length === 0) return undefined;
  return reject('no-receiver-of-side', { values: { side: missing.join(', ') } }).rejection;
}

/**
 * SVU-21: nobody calls to the SIP. Only where there may be a SIP to call to: not under refusal, and not for an early end, such as a
 * death, of which the sides are to hear all the same. A coordinated care plan takes the place of SIP and invitation (SVU-31).
 */
function nobodyCallsToSip(state: SvuState, form: DischargeForm): Warning | undefined {
  if (form === 'early-end' || isRefused(state) || state.coordinatedCarePlan !== undefined) return undefined;
  if (Object.values(state.contacts).some((each) => each.callsToSip)) return undefined;
  return reject('no-contact-calls-to-sip').rejection;
}

/** SVU-36: units that have not said that their planning is done, where the policy has them say it. Nobody goes home of an early end. */
function unitsNotReady(state: SvuState, form: DischargeForm): Warning | undefined {
  if (form === 'early-end' || isRefused(state) || !policyOfSvu(state).planningReported) return undefined;
  if (state.sharing !== 'full') return undefined;
  const units = planners(state).filter((unit) => !isDone(state, unit));
  if (units.length === 0) return undefined;
  const names = units.map((unit) => nameOf(state, unit) || unit);
  return reject('units-not-ready', { values: { unit: names.join(', ') } }).rejection;
}

/** SVU-28: a patient of a short stay goes home, and neither did all acknowledge ready in time nor has the ward called them. */
function receiversNotContacted(
  state: SvuState,
  form: DischargeForm,
  dischargedAt: Instant,
): Warning | undefined {
  if (form === 'early-end' || isRefused(state) || state.shortStay !== true || state.sharing !== 'full')
    return undefined;
  return goesHomeUncalled(state, dischargedAt) || hasCalled(state)
    ? undefined
    : reject('receivers-not-contacted').rejection;
}
