import type { Command, ProcessEvent, Uuid } from '../vocabulary.js';

/**
 * A person's stream says that something changed, never what it became: names, numbers and addresses are register
 * copies outside the log, so a person can be sealed or destroyed by decision. `copy` is the version of the register copy.
 */
export type PersonCommand =
  | Command<
      'register',
      { readonly copy: number; readonly protection: Protection; readonly deceased: boolean }
    >
  | Command<
      'note-register-copy',
      { readonly copy: number; readonly protection: Protection; readonly deceased: boolean }
    >
  /** PAT-12: the person is the same as another, who lives on. */
  | Command<'merge-into', { readonly survivor: Uuid }>
  /** PAT-12: another person turned out to be this one. */
  | Command<'absorb', { readonly retired: Uuid }>;

/** Protection as the register tells it; anything missing or not understood is `unknown`, which counts as protected. */
export type Protection = 'none' | 'protected' | 'unknown';

export type PersonEvent =
  /** `deceased`: dead before the hub first met the person (PAT-7). */
  | ProcessEvent<'PersonRegistered', { readonly copy: number; readonly deceased?: true }>
  | ProcessEvent<'RegisterCopyChanged', { readonly copy: number; readonly deceased: boolean }>
  | ProcessEvent<'PersonSealed', { readonly cause: 'protected' | 'unknown' }>
  | ProcessEvent<'PersonUnsealed', { readonly copy: number }>
  | ProcessEvent<'IdentityMergedInto', { readonly survivor: Uuid }>
  | ProcessEvent<'IdentityMerged', { readonly retired: Uuid }>;

export type PersonState = {
  readonly kind: 'person';
  readonly copy: number;
  readonly sealed: boolean;
  readonly deceased: boolean;
  /** Set for a person who turned out to be another: the one who lives on (PAT-12). Nothing happens to such a person. */
  readonly mergedInto?: Uuid;
  /** Persons who turned out to be this one. */
  readonly absorbed?: readonly Uuid[];
};
