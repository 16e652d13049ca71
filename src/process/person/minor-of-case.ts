import type { SharedSettings } from '../policy/shared-settings.js';
import { reject } from '../rejections/rejection.js';
import type { Rejected } from '../rejections/rejection.js';

/** Of a person under 18, whether her municipality handles minors in the hub (PAT-11). */
export type MinorOfCase = { readonly handled: boolean };

/** PAT-11: why no case of this person is opened. Asked at the opening alone: a move or a birthday later changes nothing. */
export function faultInAge(
  { minors }: Pick<SharedSettings, 'minors'>,
  minor: MinorOfCase | undefined,
): Rejected | undefined {
  return minors === 'where-switched-on' && minor?.handled === false
    ? reject('minor-not-handled', { field: 'personId' })
    : undefined;
}
