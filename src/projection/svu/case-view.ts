import type { FhirResource } from 'fhir/r4.js';
import type { SvuState } from '../../process/svu/state.js';
import type { Uuid } from '../../process/vocabulary.js';
import type { RenderedResource } from '../projection.js';

/** A case and its id: what every view of an SVU starts from. */
export type SvuCase = { readonly id: Uuid; readonly state: SvuState };

/** Whether the case has been published; until then it is seen by the hospital side alone (ACC-2), also once annulled. */
export const isPublished = (state: SvuState): boolean => state.publishedAt !== undefined;

/** Whether the case is still under way. */
export const isOpen = (state: SvuState): boolean => state.phase === 'draft' || state.phase === 'published';

/** One resource of the case, opened by the case's grants. */
export function rendered<Resource extends FhirResource & { readonly id: string }>(
  of: SvuCase,
  content: Resource,
  how: Omit<RenderedResource, 'content' | 'scope' | 'draft' | 'personId'>,
): RenderedResource {
  return { content, scope: of.id, personId: of.state.personId, draft: !isPublished(of.state), ...how };
}
