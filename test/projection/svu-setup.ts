import { reaches } from '../../src/process/case/shared-level.js';
import type { SvuState } from '../../src/process/svu/state.js';
import type { Projection, RenderedResource } from '../../src/projection/projection.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { caseId } from './states.js';

export const ofType = <Type extends RenderedResource['content']['resourceType']>(
  projection: Projection,
  type: Type,
) =>
  projection.resources.filter(
    (resource): resource is RenderedResource & { content: { resourceType: Type } } =>
      resource.content.resourceType === type,
  );

export const project = (state: SvuState): Projection => projectSvu(caseId, state);
export const carePlan = (state: SvuState): RenderedResource => {
  const [found] = ofType(project(state), 'CarePlan');
  if (!found) throw new Error('No CarePlan');
  return found;
};

/** What a unit of a case reads, by the rules of the store: a grant on the scope, drafts for the hospital, content. */
export function readable(projection: Projection, unit: string): RenderedResource[] {
  return projection.resources.filter((resource) =>
    projection.grants.some(
      (grant) =>
        grant.unit === unit &&
        grant.scope === resource.scope &&
        (!resource.draft || grant.drafts) &&
        reaches(grant.level, resource.needs),
    ),
  );
}
