import type { Location } from 'fhir/r4.js';
import { foreignSystems } from '../codes/codes.js';
import { directoryId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { hsaIdentifier, organizationReference } from '../references.js';
import { codeToken, identifierTokens, referenceTokens, stringTokens } from '../search-tokens.js';
import type { ShownUnit } from './directory-view.js';

/** A ward as a place, where Encounters are. */
export function renderLocation(ward: ShownUnit): RenderedResource {
  const identifier = hsaIdentifier(ward.hsaId);
  const managingOrganization = organizationReference(ward.hsaId);
  const status = ward.active ? 'active' : 'inactive';
  const content: Location & { id: string } = {
    resourceType: 'Location',
    id: directoryId(ward.hsaId),
    identifier: [identifier],
    status,
    name: ward.name,
    mode: 'instance',
    physicalType: { coding: [{ system: foreignSystems.physicalType, code: 'wa', display: 'Ward' }] },
    managingOrganization,
  };
  return {
    content,
    needs: 'none',
    draft: false,
    tokens: [
      ...identifierTokens('identifier', identifier),
      ...stringTokens('name', ward.name),
      codeToken('status', status),
      ...referenceTokens('organization', managingOrganization),
    ],
  };
}
