import { firstVersions, type FirstVersion } from './first-versions.js';
import type { CasePolicy, PolicyReference, PolicySettings } from './policy.js';

/** Nothing shared under refusal, nothing waived: what holds of a setting that a case does not state. */
const strictest: PolicySettings = {
  minimumUnderRefusal: [],
  secrecyBreakingRule: false,
  harmQuestions: ['mayHarm', 'necessary'],
  readyDate: { daysAhead: 0, daysBack: 0 },
  // As it was before there was the setting: a case that is under way gets no deadline that nobody was told of.
  readyCounts: 'when-sent',
  readyAcknowledgedInTime: false,
  withdrawnReady: 'acknowledge-again',
  changedPlannedDischarge: 'acknowledge-again',
  messagesAcknowledged: true,
  undoneDischarge: 'step',
  listedAfterDischargeHours: 72,
  readyUnderRefusal: false,
};

/**
 * The settings that hold for a case. What it does not state (it is older than the setting, or names a version that nobody knows)
 * counts as the strictest, so `evolve` never has to refuse.
 */
export function settingsOf(policy: CasePolicy): PolicySettings {
  return { ...strictest, ...(policy.settings ?? firstVersion(policy)?.settings) };
}

/** The policy by that name and version from before cases kept their settings; undefined for any other. */
export function firstVersion({ name, version }: PolicyReference): FirstVersion | undefined {
  return firstVersions.find((each) => each.name === name && each.version === version);
}
