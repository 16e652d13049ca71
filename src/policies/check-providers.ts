import { isDeepStrictEqual } from 'node:util';
import type { Organisation, Provider } from '../directory/organisation.js';
import { named, type Fault } from '../directory/checks/fault.js';
import type { SettingRows, StatedSettings } from '../process/policy/setting.js';
import type { Policies } from './policies.js';
import { schemaOf } from './settings.js';

/**
 * ORG-11: every policy that an organisation names is there, and what an organisation states as `local` narrows its policy: a
 * setting that the sources leave to organisations, a value that it can have, and none that would widen it.
 */
export function checkPoliciesOf(
  { providers }: Organisation,
  policies: Policies,
): readonly (Fault & { readonly place: readonly (string | number)[] })[] {
  return providers.flatMap((provider, index) =>
    faultsOf(provider, policies).map(({ at, problem, rule = 'ORG-11' }) => ({
      rule,
      about: named(provider),
      problem,
      place: ['providers', index, ...at],
    })),
  );
}

type ProviderFault = {
  readonly at: readonly string[];
  readonly problem: string;
  readonly rule?: string;
};

function faultsOf(provider: Provider, policies: Policies): readonly ProviderFault[] {
  const { policy, local } = provider;
  if (policy === undefined)
    return local === undefined
      ? []
      : [{ at: ['local'], problem: 'only an organisation with a policy narrows one' }];
  const of = policies.newest(policy);
  if (of === undefined) {
    const there = policies.names.join(', ');
    return [{ at: ['policy'], problem: `there is no policy ${policy} in POLICIES_DIRECTORY (${there})` }];
  }
  return Object.entries(local ?? {}).flatMap(([name, own]) =>
    narrows(name, own, of.settings, policies.settings),
  );
}

function narrows(
  name: string,
  own: unknown,
  policy: StatedSettings,
  settings: SettingRows,
): readonly ProviderFault[] {
  const at = ['local', name];
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (setting === undefined) return [{ at, problem: `there is no setting ${name}` }];
  const { local, rule } = setting;
  if (local === undefined)
    return [{ at, rule, problem: `${name} is the policy's: no organisation narrows it` }];
  const read = schemaOf(setting).safeParse(own);
  if (!read.success) {
    const why = read.error.issues.map(({ message }) => message).join('; ');
    return [{ at, rule: local.rule, problem: `${name}: ${why}` }];
  }
  if (!local.counts.under(policy) && !isDeepStrictEqual(read.data, policy[name]))
    return [{ at, rule: local.rule, problem: `${name} says something only ${local.counts.when}` }];
  return local.isWithin(read.data, policy[name])
    ? []
    : [{ at, rule: local.rule, problem: `${name} would be wider than the policy's` }];
}
