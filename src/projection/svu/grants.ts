import type { Grant } from '../projection.js';
import { isPublished, type SvuCase } from './case-view.js';
import { sharedContent } from './shared-content.js';

/**
 * What taking part in a case opens (ACC-1): the case itself, the person and the stay. Nothing outside the hospital side
 * before publication (ACC-2); no content for a unit that joined while no decision stood (CON-8) or while the case is
 * frozen (PAT-6); the stay for the hospital side alone where only the minimum is shared (CON-5); the person and the stay no
 * more once the case is annulled. A removed unit is no participant, so it
 * has no grant (ACC-7).
 */
export function svuGrants({ id, state }: SvuCase): Grant[] {
  const shared = sharedContent(state);
  return Object.values(state.participants).flatMap((participant) => {
    const hospital = participant.side === 'hospital';
    if (!hospital && !isPublished(state)) return [];
    const content = participant.seesContent && !state.frozen;
    const beyond = content && state.phase !== 'annulled';
    const scopes = [id, ...(beyond ? [state.personId] : [])];
    if (beyond && state.stayId !== undefined && (hospital || shared.stay)) scopes.push(state.stayId);
    return scopes.map((scope) => ({ scope, unit: participant.unit, hospital, content }));
  });
}
