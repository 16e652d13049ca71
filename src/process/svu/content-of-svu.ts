import type { CaseContent } from '../case/case-content.js';
import type { Track } from '../form/track-colour.js';
import type { HsaId, Instant, LocalDate } from '../vocabulary.js';
import type { Steps } from './step-names.js';
import type { StepState, SvuState } from './state.js';

/**
 * What of a case its views may show: what every case has, and what SVU adds.
 * A draft's content is the hospital's own: its views show it to the hospital side only (ACC-2).
 */
export type SharedContent = CaseContent & {
  /** Whether the register data beyond the person's identity may be shown. */
  readonly registerData: boolean;
  /** Which units of the hospital side may be named (CON-5): the ward is in the minimum of some policies, no other unit is. */
  readonly hospitalUnits: 'all' | 'wards' | 'none';
  /** Whether it may be known that the patient is, or was, ready. */
  readonly showsReady: boolean;
  readonly admittedAt?: Instant;
  readonly needsAssessedAt?: Instant;
  readonly ward?: HsaId;
  readonly expectedDischarge?: LocalDate;
  readonly reason?: string;
  /** Whether the patient was informed; under refusal only whether the brochure was given (`written`). */
  readonly information?: {
    readonly written: boolean;
    readonly oral?: boolean;
    readonly informed?: boolean;
    readonly reason?: string;
  };
  readonly ready?: NonNullable<SvuState['ready']>;
  readonly discharge?: NonNullable<SvuState['discharge']>;
  /** What the planning basis gives (PLB-3), and by when the patient is to be at home by it (PLB-4). In no minimum. */
  readonly track?: Track;
  readonly homeBy?: LocalDate;
  /** SVU-28: whether a patient of a short stay may go home without being called for, as things stand. */
  readonly shortStay?: { readonly uncalled: boolean };
  readonly coordinatedCarePlan?: NonNullable<SvuState['coordinatedCarePlan']>;
  readonly placing?: NonNullable<SvuState['placing']>;
  readonly informationHandedOver?: NonNullable<SvuState['informationHandedOver']>;
  readonly steps: Steps<StepState>;
};
