import type { Provider } from '../directory/organisation.js';
import type { Policy, PolicySettings } from '../process/policy/policy.js';
import type { WrittenPolicy } from './policy-file.js';

/** The policies of the configuration, each with all its versions. */
export class Policies {
  readonly #byName: ReadonlyMap<string, WrittenPolicy>;

  constructor(policies: readonly WrittenPolicy[]) {
    this.#byName = new Map(policies.map((each) => [each.name, each]));
  }

  get all(): readonly WrittenPolicy[] {
    return [...this.#byName.values()];
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The version that new cases get; undefined when there is no policy of that name. */
  newest(name: string): Policy | undefined {
    const policy = this.#byName.get(name);
    const newest = policy?.versions.at(-1);
    if (policy === undefined || newest === undefined) return undefined;
    // Of the newest version the file states every setting (policy-file.ts).
    const settings = newest.settings as PolicySettings;
    return { name, version: newest.version, title: policy.title, settings };
  }

  /** What cases that an organisation opens are opened under: its policy, with what it narrows. */
  ofOrganisation({ policy, local }: Pick<Provider, 'policy' | 'local'>): Policy | undefined {
    const newest = policy === undefined ? undefined : this.newest(policy);
    return newest && { ...newest, settings: { ...newest.settings, ...local } };
  }
}
