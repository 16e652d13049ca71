import type { Provider } from '../directory/organisation.js';
import type { Policy } from '../process/policy/policy.js';
import type { SettingRows } from '../process/policy/setting.js';
import type { WrittenPolicy } from './policy-file.js';
import { settingsFor, settingsOfPolicies, type KindWithSettings } from './settings.js';

/** The policies of the configuration, each with all its versions. */
export class Policies {
  readonly #byName: ReadonlyMap<string, WrittenPolicy>;
  /** Every setting that they may state: those of every kind of case, and those of each kind. */
  readonly settings: SettingRows;

  constructor(policies: readonly WrittenPolicy[], kinds: readonly KindWithSettings[]) {
    this.#byName = new Map(policies.map((each) => [each.name, each]));
    this.settings = settingsOfPolicies(kinds);
  }

  get all(): readonly WrittenPolicy[] {
    return [...this.#byName.values()];
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The newest version, with the settings of all kinds of case; undefined when there is no policy of that name. */
  newest(name: string): Policy | undefined {
    const policy = this.#byName.get(name);
    const newest = policy?.versions.at(-1);
    if (policy === undefined || newest === undefined) return undefined;
    return { name, version: newest.version, title: policy.title, settings: newest.settings };
  }

  /** What cases of a kind that an organisation opens are opened under: its policy, with what it narrows, as far as it is of this kind. */
  ofOrganisation(
    { policy, local }: Pick<Provider, 'policy' | 'local'>,
    kind: KindWithSettings,
  ): Policy | undefined {
    const newest = policy === undefined ? undefined : this.newest(policy);
    return newest && { ...newest, settings: settingsFor(kind, { ...newest.settings, ...local }) };
  }
}
