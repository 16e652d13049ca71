import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { firstVersion } from '../process/policy/settings-of.js';
import type { StatedSettings } from '../process/policy/setting.js';
import { partsOf, type WrittenSettings } from './parts-of-policy.js';
import { minimumSetting, type KindWithSettings } from './settings.js';

const text = z.string().regex(/\S/, 'must say something');

/** One version of a policy, as its file has it. An older one may lack settings that there were none of when it was written. */
export type PolicyVersion = {
  readonly version: number;
  readonly settings: StatedSettings;
  /** Where in the file the value of each setting stands. */
  readonly places: Readonly<Record<string, readonly (string | number)[]>>;
};

/** A policy with every version that it has had, newest last. */
export type WrittenPolicy = {
  readonly name: string;
  readonly title: string;
  readonly versions: readonly [PolicyVersion, ...PolicyVersion[]];
};

type Fault = (path: readonly PropertyKey[], message: string) => void;

/**
 * Reads the content of a policy's file.
 * @param name what the file is called, without `.json`
 * @param kinds the kinds of case: the file has a part for each that brings settings
 * @throws {z.ZodError} with every fault by its place
 */
export function asPolicy(content: unknown, name: string, kinds: readonly KindWithSettings[]): WrittenPolicy {
  const parts = partsOf(kinds);
  const version = z.strictObject({
    version: z.int(),
    /** Why there is this version: what is new in it. */
    because: text,
    settings: parts.shared,
    kinds: parts.ofKinds.exactOptional(),
  });
  // A policy's name is a code in FHIR (the policy of a Consent), so it has the form of one.
  const file = z.strictObject({
    name: z
      .string()
      .max(64)
      .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be small letters a-z, digits and single hyphens'),
    title: text,
    sources: text,
    versions: z.array(version).min(1),
  });
  const read = file
    .superRefine((policy, context) => {
      const fault: Fault = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
      if (policy.name !== name) fault(['name'], `must be what the file is called: ${name}`);
      const versions = policy.versions.map((each, index) => asVersion(each, index, fault));
      for (const [index, each] of versions.entries()) {
        if (each.version !== index + 1)
          fault(
            ['versions', index, 'version'],
            `must be ${index + 1}: versions are counted from 1, and none is ever removed`,
          );
        else checkFirst(policy.name, each, parts.names, index, fault);
      }
      const newest = versions.length - 1;
      for (const { setting, rule, part } of parts.lacking(versions[newest]?.settings ?? {}))
        fault(['versions', newest, ...part(policy.versions[newest] ?? {})], `lacks ${setting} (${rule})`);
    })
    .parse(content);
  const versions = read.versions.map((each, index) => asVersion(each, index, () => undefined));
  return { name: read.name, title: read.title, versions: versions as [PolicyVersion, ...PolicyVersion[]] };
}

type WrittenVersion = {
  readonly version: number;
  readonly settings: WrittenSettings;
  readonly kinds?: Readonly<Record<string, WrittenSettings>>;
};

/** The settings of a version, of all its parts, without rules and sources. */
function asVersion(written: WrittenVersion, index: number, fault: Fault): PolicyVersion {
  const settings: Record<string, unknown> = {};
  const places: Record<string, readonly (string | number)[]> = {};
  const parts: readonly (readonly [readonly string[], WrittenSettings])[] = [
    [['settings'], written.settings],
    ...Object.entries(written.kinds ?? {}).map(([kind, part]) => [['kinds', kind], part] as const),
  ];
  for (const [part, stated] of parts)
    for (const [name, { value } = { value: undefined }] of Object.entries(stated)) {
      const place = ['versions', index, ...part, name, 'value'];
      const words = [settings[name] ?? [], value].flat();
      if (Object.hasOwn(settings, name) && (name !== minimumSetting || new Set(words).size < words.length))
        fault(place, `${name} is stated twice`);
      settings[name] = name === minimumSetting ? words : value;
      places[name] ??= place;
    }
  return { version: written.version, settings, places };
}

/** Cases of before name these versions alone, so what the file says of them must be what they were. */
function checkFirst(
  name: string,
  { version, settings, places }: PolicyVersion,
  names: readonly string[],
  index: number,
  fault: Fault,
): void {
  const first = firstVersion({ name, version });
  if (first === undefined) return;
  for (const setting of names)
    if (!isDeepStrictEqual(settings[setting], first.settings[setting])) {
      const was = first.settings[setting];
      fault(
        places[setting] ?? ['versions', index, 'settings'],
        was === undefined
          ? `${name} ${version} had no ${setting}, and cases were opened under it: write a new version`
          : `${setting} of ${name} ${version} was ${JSON.stringify(was)}, and cases were opened under it: write a new version`,
      );
    }
}
