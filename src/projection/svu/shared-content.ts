import type { SvuState } from '../../process/svu/state.js';

/** What a case may show beyond dates, ward, steps and participants. Absent: not shown. */
export type SharedContent = {
  /** Why the patient is admitted: never under a refusal. */
  readonly reason?: string;
  /** Free text of steps (why a date changed, comments). */
  readonly freeText: boolean;
  /** Whether the patient was informed (and the brochure given). */
  readonly patientInformation: boolean;
  /** The stay with its wards. */
  readonly stay: boolean;
};

/**
 * What the last decision lets the case share (CON-5). After a decision is deregistered, what it allowed stays (CON-8).
 * A draft without any decision is the hospital's own and hidden from all others (ACC-2).
 */
export function sharedContent(state: SvuState): SharedContent {
  const minimum = state.sharing === 'minimum' || state.decisions.at(-1)?.data.kind === 'refusal';
  return {
    ...(minimum || state.reason === undefined ? {} : { reason: state.reason }),
    freeText: !minimum,
    patientInformation: true,
    stay: !minimum,
  };
}
