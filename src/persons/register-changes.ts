import { isDeepStrictEqual } from 'node:util';
import type { Listing, RegisterRecord } from '../messaging/contracts/facts.js';
import type { RegisterChange } from '../process/case/register-change.js';
import { isDeceased } from './protection.js';

/** What one version of a register copy holds. */
export type CopyContent = { readonly record: RegisterRecord; readonly listing: readonly Listing[] | null };

/** True when both copies say the same, whatever the order of their fields. */
export function sameContent(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

/** What changed between two copies, in the words that open cases are told (PAT-7). */
export function registerChanges(before: CopyContent, after: CopyContent): readonly RegisterChange[] {
  const changed: RegisterChange[] = [];
  if (!sameContent(before.record.name, after.record.name)) changed.push('name');
  if (!sameContent(before.record.address, after.record.address)) changed.push('address');
  if (before.record.municipalityCode !== after.record.municipalityCode) changed.push('municipality');
  if (isDeceased(after.record) && !isDeceased(before.record)) changed.push('deceased');
  else if (!sameContent(before.record.deregistration, after.record.deregistration))
    changed.push('deregistered');
  // A first reading of the listing is no change: the case was addressed by it.
  if (before.listing !== null && after.listing !== null && !sameContent(before.listing, after.listing)) {
    changed.push('listing');
  }
  return changed;
}

/** What of a person the ward of a case is to look at although nothing changed: it was so when the hub first read it (PAT-7). */
export function standingChanges(record: RegisterRecord): readonly RegisterChange[] {
  if (isDeceased(record)) return ['deceased'];
  return record.deregistration === undefined ? [] : ['deregistered'];
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
