import type { Track } from '../form/track-colour.js';

/** How far a form of a case has come, as far as the case asks it. What is left out is no. */
export type Standing = {
  /** Every question that is required has its answer. */
  readonly complete?: true;
  /** The track that the answers give (PLB-3). */
  readonly track?: Track;
};
