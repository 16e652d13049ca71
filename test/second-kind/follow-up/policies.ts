import { readFileSync } from 'node:fs';
import type { KindWithSettings } from '../../../src/policies/settings.js';
import { asPolicy } from '../../../src/policies/policy-file.js';
import { Policies } from '../../../src/policies/policies.js';

/** What a region writes of follow-ups in a new version of its policy, beside its other parts. */
export const partOfFollowUps = {
  minimumUnderRefusal: { rule: 'CON-5', value: ['follow-up-until'], source: 'Example' },
  followUpVisits: { rule: 'ADR-2', value: true, source: 'Example' },
};

type File = { readonly versions: readonly { readonly kinds?: object; readonly version: number }[] };

/** A policy that comes with the hub, with a new version that has this part. */
export function withPart(name: string, part: object): object {
  const file = JSON.parse(readFileSync(`policies/${name}.json`, 'utf8')) as File;
  const newest = file.versions.at(-1);
  const because = 'Follow-ups.';
  const next = {
    ...newest,
    version: file.versions.length + 1,
    because,
    kinds: { ...newest?.kinds, 'follow-up': part },
  };
  return { ...file, versions: [...file.versions, next] };
}

/** The policies of a hub that has follow-ups. */
export const policiesWithFollowUps = (
  kinds: readonly KindWithSettings[],
  part: object = partOfFollowUps,
): Policies =>
  new Policies(
    ['skane', 'norrbotten', 'vasterbotten'].map((name) => asPolicy(withPart(name, part), name, kinds)),
    kinds,
  );
