import type { StatedSettings } from './setting.js';

/** A policy by its name and version. */
export type PolicyReference = { readonly name: string; readonly version: number };

/**
 * A policy that a case is opened under: the settings of a region's method, those that every kind of case has and those of the kind of the
 * case. Pure data: the process asks for a setting, never for a region's name.
 */
export type Policy = PolicyReference & {
  /** What staff call it, in Swedish. */
  readonly title?: string;
  readonly settings: StatedSettings;
};

/**
 * A policy as a case keeps it, fixed when the case is opened: a changed policy holds for new cases. Without settings: a case
 * from before cases kept them, under one of `firstVersions`.
 */
export type CasePolicy = PolicyReference & {
  readonly title?: string;
  readonly settings?: StatedSettings;
};
