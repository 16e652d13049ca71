import { draftSide, mayLookInto } from '../../process/case/questions.js';
import { sharedLevel } from '../../process/case/shared-level.js';
import type { CaseState, Participant } from '../../process/case/state.js';
import type { Grant } from '../projection.js';

/** How far a unit sees what has a scope: the part of a grant that the case decides. */
export type Right = Pick<Grant, 'drafts' | 'level'>;

/**
 * What a participant sees of the case and of all that hangs on it: nothing before publication but on the side that opened the case
 * (ACC-2); no content where it joined while no decision stood (CON-8); else what the case shares now (CON-5, PAT-6). A form, a message
 * or a document in a stream of its own has no other right than this one, so a refusal reaches it without being written into it.
 */
export function rightOf(state: CaseState, { side, seesContent }: Participant): Right | undefined {
  if (!mayLookInto(state, { side })) return undefined;
  return { drafts: side === draftSide(state), level: seesContent ? sharedLevel(state) : 'none' };
}
