import { firstVersions, type FirstVersion } from './first-versions.js';
import type { CasePolicy, PolicyReference } from './policy.js';
import type { SettingRows } from './setting.js';
import { sharedSettings, type PolicyOfKind, type SharedSettings } from './shared-settings.js';
import type { SettingsOfKind } from './setting.js';

/**
 * The settings that hold for any case. What it does not state (it is older than the setting, or names a version that nobody knows)
 * counts as the strictest, so `evolve` never has to refuse.
 */
export function settingsOf(policy: CasePolicy): SharedSettings {
  return stated(sharedSettings, policy) as SharedSettings;
}

/** The settings that hold for a case of one kind: those of every case, and the kind's own. */
export function settingsOfKind<const Own extends SettingsOfKind>(
  own: Own,
  policy: CasePolicy,
): PolicyOfKind<Own> {
  // What a case keeps was read by the rows (src/policies), so it is of their types.
  return stated({ ...sharedSettings, ...own.rows }, policy) as PolicyOfKind<Own>;
}

function stated(rows: SettingRows, policy: CasePolicy): unknown {
  const strictest = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.strictest]));
  return { ...strictest, ...(policy.settings ?? firstVersion(policy)?.settings) };
}

/** The policy by that name and version from before cases kept their settings; undefined for any other. */
export function firstVersion({ name, version }: PolicyReference): FirstVersion | undefined {
  return firstVersions.find((each) => each.name === name && each.version === version);
}
