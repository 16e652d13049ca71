import { isRefused, nameOf, unitsOf } from '../case/questions.js';
import type { Rejection } from '../rejections/rejection.js';
import { isDone, planners } from './planning-state.js';
import { reject } from './rejections.js';
import { policyOfSvu } from './settings.js';
import type { DischargeForm, SvuState } from './state.js';

/** The warnings of a discharge; each is confirmed by its code. */
export const dischargeWarnings = [
  'no-receiver-of-side',
  'no-contact-calls-to-sip',
  'units-not-ready',
] as const;
type Warning = Rejection<(typeof dischargeWarnings)[number]>;

/** One function for each warning: what there is to warn of, if anything. */
const warnings: readonly ((state: SvuState, form: DischargeForm) => Warning | undefined)[] = [
  sideWithoutReceiver,
  nobodyCallsToSip,
  unitsNotReady,
];

/** What the hospital has to confirm before it publishes a discharge (SVU-21). */
export function warningsOf(state: SvuState, form: DischargeForm): readonly Warning[] {
  return warnings.flatMap((warning) => warning(state, form) ?? []);
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
 * death, of which the sides are to hear all the same.
 */
function nobodyCallsToSip(state: SvuState, form: DischargeForm): Warning | undefined {
  if (form === 'early-end' || isRefused(state)) return undefined;
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
