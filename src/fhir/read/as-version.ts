import type { Coding, Resource } from 'fhir/r4.js';
import { codeSystems, coding } from '../../projection/codes/codes.js';

/** A version of a resource as it is stored; `current`: whether there is none after it. */
type VersionRow = { readonly content: string; readonly current: boolean };

const mark: Coding = coding(codeSystems.versionMark, 'not-current');

/**
 * VIEW-6: a version as vread and history show it: an earlier one is marked in `meta.tag` as not current. It is marked when it is read, for
 * what is stored was current once. A body that bears the mark is refused as with every tag.
 */
export function asVersion({ content, current }: VersionRow): string {
  if (current || content === '') return content;
  const resource = JSON.parse(content) as Resource;
  const { meta = {} } = resource;
  return JSON.stringify({ ...resource, meta: { ...meta, tag: [...(meta.tag ?? []), mark] } });
}
