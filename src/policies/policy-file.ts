import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { firstVersion } from '../process/policy/settings-of.js';
import type { PolicySettings } from '../process/policy/policy.js';
import { settingNames, settings, type SettingName } from './settings.js';

const text = z.string().regex(/\S/, 'must say something');

/** A setting in a file: its value, the rule it stands for and where the source says so. */
const stated = (name: SettingName) =>
  z.strictObject({ rule: z.literal(settings[name].rule), value: settings[name].value, source: text });

const version = z.strictObject({
  version: z.int(),
  /** Why there is this version: what is new in it. */
  because: text,
  settings: z.strictObject(
    Object.fromEntries(settingNames.map((name) => [name, stated(name).exactOptional()])),
  ),
});
type WrittenVersion = z.infer<typeof version>;

/** The form of a policy's file. A policy's name is a code in FHIR (the policy of a Consent), so it has the form of one. */
const file = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be small letters a-z, digits and single hyphens'),
  title: text,
  sources: text,
  versions: z.array(version).min(1),
});

/** One version of a policy, as its file has it. An older one may lack settings that there were none of when it was written. */
export type PolicyVersion = { readonly version: number; readonly settings: Partial<PolicySettings> };

/** A policy with every version that it has had, newest last. */
export type WrittenPolicy = {
  readonly name: string;
  readonly title: string;
  readonly versions: readonly [PolicyVersion, ...PolicyVersion[]];
};

/**
 * Reads the content of a policy's file.
 * @param name what the file is called, without `.json`
 * @throws {z.ZodError} with every fault by its place
 */
export function asPolicy(content: unknown, name: string): WrittenPolicy {
  const read = file
    .superRefine((policy, context) => {
      const fault = (path: PropertyKey[], message: string) =>
        context.addIssue({ code: 'custom', path, message });
      if (policy.name !== name) fault(['name'], `must be what the file is called: ${name}`);
      for (const [index, each] of policy.versions.entries()) {
        if (each.version !== index + 1)
          fault(
            ['versions', index, 'version'],
            `must be ${index + 1}: versions are counted from 1, and none is ever removed`,
          );
        else checkFirst(policy.name, each, (path, message) => fault(['versions', index, ...path], message));
      }
      const newest = policy.versions.length - 1;
      for (const missing of settingNames.filter((one) => !policy.versions[newest]?.settings[one]))
        fault(['versions', newest, 'settings'], `lacks ${missing} (${settings[missing].rule})`);
    })
    .parse(content);
  const versions = read.versions.map((each) => ({ version: each.version, settings: valuesOf(each) }));
  return { name: read.name, title: read.title, versions: versions as [PolicyVersion, ...PolicyVersion[]] };
}

/** The settings of a version without rules and sources. */
function valuesOf(written: WrittenVersion): Partial<PolicySettings> {
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const one = written.settings[name];
      return one === undefined ? [] : [[name, one.value]];
    }),
  );
}

/** Cases of before name these versions alone, so what the file says of them must be what they were. */
function checkFirst(
  name: string,
  written: WrittenVersion,
  fault: (path: PropertyKey[], message: string) => void,
): void {
  const first = firstVersion({ name, version: written.version });
  if (first === undefined) return;
  const values = valuesOf(written);
  for (const setting of settingNames)
    if (!isDeepStrictEqual(values[setting], first.settings[setting]))
      fault(
        values[setting] === undefined ? ['settings'] : ['settings', setting, 'value'],
        `${setting} of ${name} ${written.version} was ${JSON.stringify(first.settings[setting])}, and cases were opened under it: write a new version`,
      );
}
