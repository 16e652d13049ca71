import type { Grant } from '../projection.js';
import { isPublished, type SvuCase } from './case-view.js';

/**
 * What taking part in a case opens (ACC-1): the case itself, the person and the stay. Nothing outside the hospital side
 * before publication (ACC-2); no content for a unit that joined while no decision stood (CON-8) or while the case is
 * frozen (PAT-6); the person and the stay no more once the case is annulled. A removed unit is no participant, so it
 * has no grant (ACC-7).
 */
export function svuGrants({ id, state }: SvuCase): Grant[] {
  return Object.values(state.participants).flatMap((participant) => {
    const hospital = participant.side === 'hospital';
    if (!hospital && !isPublished(state)) return [];
    const content = participant.seesContent && !state.frozen;
    const scopes =
      state.phase === 'annulled' || !content
        ? [id]
        : [id, state.personId, ...(state.stayId === undefined ? [] : [state.stayId])];
    return scopes.map((scope) => ({ scope, unit: participant.unit, hospital, content }));
  });
}
