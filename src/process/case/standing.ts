import type { Track } from '../form/track-colour.js';
import type { HsaId, Side } from '../vocabulary.js';

/** How far a form of a case has come, as far as the case asks it. What is left out is no. */
export type Standing = {
  /** Every question that is required has its answer. */
  readonly complete?: true;
  /** While it is not complete: the sides that have answered what is required and theirs to write. */
  readonly completeFor?: readonly Side[];
  /** The track that the answers give (PLB-3). */
  readonly track?: Track;
};

/** Under which name a case keeps how far a document has come; of one that each unit has for itself, with the unit. */
export const standingKey = (document: string, unit?: HsaId): string =>
  unit === undefined ? document : `${document}/${unit}`;
