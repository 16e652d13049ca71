import type { HsaId } from '../vocabulary.js';

/** What a lookup found when the case is opened: the unit to address, or why there is none (ADR-1, ADR-2, ADR-13). */
export type AddressingResult =
  | {
      readonly found: true;
      readonly units: readonly HsaId[];
      /** What the units are called, as the directory says now; staff read names, not ids. */
      readonly unitNames?: Readonly<Record<HsaId, string>>;
      /** Of those that pass their cases on, the organisation within which they do (ADR-14). */
      readonly distributing?: Readonly<Record<HsaId, string>>;
    }
  | { readonly found: false; readonly cause: AddressingFailureCause };

export type AddressingFailureCause =
  | 'no-listing' // no valid listing
  | 'listed-unit-unknown' // listed at a unit outside the configuration
  | 'no-municipality' // the register gives no municipality
  | 'municipality-unknown' // a municipality outside the configuration
  | 'service-unavailable' // the lookup service is down: retried
  | 'ward-unknown'; // the journal moved the patient to a ward outside the configuration

/** The sides a case is addressed to by lookup or, for the hospital, by the journal's ward changes. */
export type AddressedSide = 'hospital' | 'outpatient' | 'municipality';
