import type { AccessContext } from '../../access/access-context.js';
import type { Directory } from '../../directory/organisation.js';
import type { HsaId } from '../../process/vocabulary.js';

/**
 * The units whose trail a caller reviews: those of the own organisation (ORG-3), for a person whose role the
 * organisation file marks as reviewing the log. Undefined for everybody else, and for every system.
 */
export function reviewedUnits({ actor }: AccessContext, directory: Directory): readonly HsaId[] | undefined {
  if (actor === undefined || directory.role(actor.role)?.reviewsLog !== true) return undefined;
  return directory.organisation.units
    .filter(({ organisationNumber }) => organisationNumber === actor.organisation)
    .map(({ hsaId }) => hsaId);
}
